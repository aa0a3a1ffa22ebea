"""Settings files as people lay them out."""

HEAD = '# Ours since 2024.\ncompany = "Northwind"  # the real one\n\n'
TAIL = '\n# Who reads it.\n[report]\nreaders = ["lead@northwind.example"]\n# The end.\n'
A = '[[typeform.forms]]\nid = "a"  # the first\nkind = "pulse"\n'
B = '[[typeform.forms]]\nid = "b"\nkind = "won_deal"\n'
LAYOUTS = {
    "no typeform": HEAD + TAIL,
    "a table without forms": HEAD + "[typeform]  # reading\npage_size = 500\n" + TAIL,
    "an empty array": HEAD + "[typeform]\nforms = []  # none yet\n" + TAIL,
    "an array on one line": HEAD + '[typeform]\nforms = [{id = "a", kind = "pulse"}]\n' + TAIL,
    "an array on many lines": HEAD
    + '[typeform]\nforms = [\n  # Ours.\n  {id = "a", kind = "pulse"},  # one\n'
    + '  {id = "b", kind = "pulse"}\n]\n'
    + TAIL,
    "a table in one line": 'typeform = {page_size = 500}\ncompany = "Northwind"\n' + TAIL,
    "dotted keys": "typeform.page_size = 500\n" + HEAD + TAIL,
    "a dotted array": 'typeform.forms = [{id = "a", kind = "pulse"}]\n' + HEAD + TAIL,
    "tables at the end": HEAD + "[typeform]\npage_size = 500\n\n# Our form.\n" + A,
    "tables in the middle": HEAD + "[typeform]\npage_size = 500\n\n" + A + "# after it\n" + TAIL,
    "tables without their parent": HEAD + A + "[typeform.forms.questions]\nq9 = 'goal'\n" + TAIL,
    "tables apart": HEAD + A + TAIL + "\n" + B + "\n[mail]\nport = 25\n",
    "the parent after its tables": HEAD + A + TAIL + "\n[typeform]\npage_size = 500\n",
    "mappings in one line": HEAD + A + 'questions = {x = "goal"}  # one\n' + TAIL,
    "mappings in dotted keys": HEAD + A + 'questions.x = "goal"\nquestions.y = "missed"\n' + TAIL,
    "mappings in any order": HEAD
    + A
    + '[typeform.forms.choices.u]\n1 = "2"\n[typeform.forms.questions]\nx = "goal"\n'
    + '[typeform.forms.choices.v]\n1 = "2"\n'
    + TAIL,
    "windows": (HEAD + A + TAIL).replace("\n", "\r\n"),
    "no last line end": (HEAD + A).rstrip("\n"),
}
