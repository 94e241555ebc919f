"""The widgets that draw the panes."""
