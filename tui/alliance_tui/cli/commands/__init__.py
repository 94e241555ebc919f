"""The commands, a module each: `run` carries one out and returns the exit status."""

MODULES = {
    "demo": "documents.demo",
    "explore": "documents.explore",
    "extract": "documents.extract",
    "serve": "documents.serve",
    "library": "libraries.library",
    "search": "libraries.search",
    "review": "reviews.review",
    "compare": "undertakings.compare",
    "matrix": "undertakings.matrix",
    "register": "undertakings.register",
    "timeline": "undertakings.timeline",
    "completion": "assistance.completion",
    "help": "assistance.help",
    "info": "assistance.info",
    "lexicon": "assistance.lexicon",
}
"""The module of each command, relative to this package."""
