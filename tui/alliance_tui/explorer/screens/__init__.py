"""The screens: the document, the library, and the modal ones above them."""
