"""Examples and explanations below the help of each command, in lines of at most 80 columns."""

from __future__ import annotations

EXAMPLES = """\
commands:
  extract PATH...         print the agreements and entities of documents
  search QUERY [PATH...]  print the sentences that a query matches
  compare PATH PATH...    print what documents say of the same undertakings, and
                          what only one of them says
  register                print what became of each undertaking in the library:
                          when it was stated, how firmly, due when
  timeline [PATH...]      print what was promised when and what falls due when,
                          in documents or in the library
  matrix [PATH...]        print who undertakes how much with whom, in documents
                          or in the library
  library ACTION          keep documents and search across them: add, list,
                          remove, clear, check, export ...
  serve [PATH...]         open the explorer in a browser on this machine
  demo                    open the explorer on a library of its own, with the
                          article that ships with it
  review ACTION           judge, correct and note records from scripts: list,
                          accept, reject, set, add, undo, export ...
  lexicon ACTION          check the words and names that the rules read, or
                          print where your own go: check, path
  info                    print versions, files and what the terminal can do
  help TOPIC              explain the explorer: keys, query (its language),
                          register (its queries), symbols; or print the man
                          page
  completion SHELL        print what makes bash, zsh or fish complete commands,
                          options, fields and files

A PATH is a file, a folder, or "-" for standard input. A file that is called
like a command is opened as ./extract. A file NAME.toml beside NAME.txt may give
its title, date, kind and source.

examples:
  alliance-tui                                 open the article that ships
  alliance-tui statement.txt --query "radar"   open a document, search filled in
  alliance-tui --plain statement.txt | less    for a screen reader or a pager
  alliance-tui extract statements/ --format csv --output agreements.csv
  alliance-tui extract - --date 2024-04-10 --format json < statement.txt
  alliance-tui search "comand and control" statements/

exit status: 0 done; 1 some input could not be read (the rest is answered), or a
search found nothing; 2 wrong usage
"""

EXTRACT_EXAMPLES = """\
examples:
  alliance-tui extract statement.txt
  alliance-tui extract statement.txt --date 2024-04-10 --format json
  alliance-tui extract statements/ --format jsonl --output agreements.jsonl

JSON: one object for one PATH, a list for several PATHs or a folder; JSON Lines:
an object a line.
"""

SEARCH_EXAMPLES = """\
examples:
  alliance-tui search "dicsa" statement.txt      forgives a slip: finds DICAS
  alliance-tui search "missile defence" statements/ --format json
  alliance-tui search "party:japan date:2021..2022"   in the whole library
  alliance-tui search radar statements/ --count       sentences by document
  alliance-tui search "party:japan by:2030" --agreements --format table

Each line is PATH:LINE:COLUMN: and a sentence; lines and columns, of its first
match, count from 1. With --agreements, undertakings are listed instead. On a
terminal the matches are coloured, unless NO_COLOR is set.

exit status: 0 something matches; 1 nothing does, or some input could not be
read; 2 wrong usage
"""

COMPARE_EXAMPLES = """\
examples:
  alliance-tui compare statement.txt fact-sheet.txt
  alliance-tui compare a.txt b.txt c.txt --format html --output comparison.html
  alliance-tui compare a.txt b.txt --records a.jsonl b.jsonl --format json
  alliance-tui compare --occasion statement.txt
      with the documents of the library of the same visit or meeting

The undertakings of several documents come first, in the order of the first
document, then those of each document alone.
"""
REGISTER_EXAMPLES = """\
examples:
  alliance-tui register overdue:yes party:japan
  alliance-tui register --query "told:>2 status:under-way" --format html
  alliance-tui register --query "last:>=2024 status:silent" --format csv

fields of the query:
  overdue:         yes or no
  first:, last:    a date or a range
  told:            in how many documents
  status:          promised, reaffirmed, under way, delivered, overdue, silent
  party:, instrument:, domain:, strength:, title:    words

Each status is given by a statement, never by silence; what later documents do
not mention is said beside it.
"""
TIMELINE_EXAMPLES = """\
examples:
  alliance-tui timeline                          the whole library by year
  alliance-tui timeline party:japan --by quarter --group field
  alliance-tui timeline statement.txt --by month --format svg --output t.svg
  alliance-tui timeline status:overdue --format ics --output overdue.ics

Each undertaking is counted once: in the period that holds all the days on which
it may fall due, else in the year of the last of them; what has no date is
counted below. An undertaking of several parties is in the group of each. JSON
has each undertaking once, and periods with their indices; CSV a row for each
thing promised and due. The query has the fields of alliance-tui register.
"""
MATRIX_EXAMPLES = """\
examples:
  alliance-tui matrix                            all parties of the library
  alliance-tui matrix "party:japan" --by field
  alliance-tui matrix first:2024 --format graphml --output undertakings.graphml

An undertaking of several parties is in the cells of each two of them; a party
with itself has what it undertakes alone. CSV is a list of edges (source,
target, type, weight), GraphML an undirected graph: both for network tools. JSON
has each undertaking once, and cells with their indices. The query has the
fields of alliance-tui register.
"""
LIBRARY_EXAMPLES = """\
examples:
  alliance-tui library add statements/           what is new or changed there
  alliance-tui library add statements/ --cluster 192.0.2.7:8786
      on the workers of this Dask scheduler
  alliance-tui library list --sort date
  alliance-tui library occasions                 documents by visit or meeting
  alliance-tui library remove statements/old/    a file, a folder or an id
  alliance-tui library export --format csv --output agreements.csv
"""

REVIEW_EXAMPLES = """\
examples:
  alliance-tui review list --only new            what is not judged, with ids
  alliance-tui review accept 4f2a90c1b3de 77ab01c9e2f4
  alliance-tui review set 4f2a90c1b3de strength=binding "parties=Japan; Norway"
  alliance-tui review set 4f2a90c1b3de "deadline=by the end of 2027"
  alliance-tui review add statement.txt "will send six drones" domain=maritime
  alliance-tui review tag statement.txt arms --passage "will send six drones"
  alliance-tui review tag statement.txt ally --entity Japan
  alliance-tui review export --output ada.jsonl  all that was done, by line
  alliance-tui review import ada.jsonl           what is there is passed over

Without --document, records are looked for in the library. Every action is
logged in the library's file with author and time; undo and redo are actions
too, and nothing that was logged is ever changed.
"""

LEXICON_EXAMPLES = """\
A file NAME.toml in the folder for your own lexicons adds to the built-in file
of that name: its lists and tables are joined with the built-in ones. For
example, organisations.toml:

  [organisations]
  'Harbour Authority of Norland' = ['HAN']

exit status of check: 0 no fault; 1 faults, a line each: FILE:LINE: what
"""

COMPLETION_EXAMPLES = """\
to set it up:
  bash  add to ~/.bashrc:
        eval "$(alliance-tui completion bash)"
  zsh   add to ~/.zshrc, below compinit:
        eval "$(alliance-tui completion zsh)"
  fish  run once:
        alliance-tui completion fish \\
          > ~/.config/fish/completions/alliance-tui.fish
"""

SERVE_EXAMPLES = """\
examples:
  alliance-tui serve statement.txt
  alliance-tui serve --port 8080 --query "radar" statements/

It takes every option of the explorer but --plain. Only this machine can
connect, with the address that it prints.
"""
