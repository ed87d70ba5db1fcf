"""The recorded answers of a hostile family: one paragraph a program, one line for the actions that end alike.

    list: r[I(0)]
      clear, pop | IndexError: list index out of range | []
      raise | Boom: boom | [0, 1, 2]
"""
import re

CASE = re.compile(r"(.*) \[([^\]]*)\] = (.*)")


def parse(output):
    """{case: answer} of what a family prints, and the lines that are no cases."""
    answers, rest = {}, []
    for line in output.split("\n"):
        m = CASE.fullmatch(line)
        if m:
            answers[m[1], m[2]] = "?" if m[3] == "?\t" else m[3].replace("\t", " | ", 1)
        elif line:
            rest.append(line)
    return answers, rest


def load(path):
    """{case: answer}; empty if there is no such file."""
    answers, program = {}, None
    try:
        with open(path, encoding="utf-8") as f:
            lines = f.read().split("\n")
    except FileNotFoundError:
        return answers
    for line in lines:
        if line.startswith("  "):
            actions, answer = line[2:].split(" | ", 1)
            answers.update(((program, action), answer) for action in actions.split(", "))
        elif line and not line.startswith("#"):
            program = line
    return answers


def paragraphs(answers):
    programs = {}
    for (program, action), answer in answers.items():
        programs.setdefault(program, {}).setdefault(answer, []).append(action)
    for program, outcomes in programs.items():
        yield program
        yield from (f"  {', '.join(actions)} | {answer}" for answer, actions in outcomes.items())


def save(path, answers):
    """answers: {case: answer}, or {reason: {case: answer}}."""
    lines = []
    if isinstance(next(iter(answers)), str):
        for reason, part in answers.items():
            lines += ["# " + reason, *paragraphs(part)]
    else:
        lines += paragraphs(answers)
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")


def unspecified(path):
    return {case for case, answer in load(path).items() if answer == "?"}
