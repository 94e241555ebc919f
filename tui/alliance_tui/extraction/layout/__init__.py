"""Document layout: blocks, headings, list items and speaker turns as segments."""
