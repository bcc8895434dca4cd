"""No kernel of the law branches, divides, rounds or thinks in floats: read from the syntax tree, not from trust.

A kernel runs on arrays. There `if`, `and`, `min`, `/` and floats either fail or, worse, give a wrong rupiah for some
rows. Loops over the constant tables of the law are allowed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamsostek import law
from jamsostek.law.engine import RULES

LAW_FOLDER = Path(law.__file__).parent
DECORATORS = {"step", "rule"}
BUILTINS = {"min", "max", "sum", "round", "float", "abs"}
FLOAT_NAMES = {
    "float16",
    "float32",
    "float64",
    "double",
    "divide",
    "true_divide",
    "round",
    "rint",
    "around",
    "mean",
    "average",
}
STATEMENTS = {
    ast.If: "if",
    ast.IfExp: "if expression",
    ast.BoolOp: "and/or",
    ast.Not: "not",
    ast.While: "while",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.Match: "match",
    ast.Div: "true division",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def kernels(tree: ast.AST) -> Iterator[Function]:
    """Every function marked `@step(...)` or `@rule(...)`."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and any(decorator_name(d) in DECORATORS for d in node.decorator_list):
            yield node


def decorator_name(decorator: ast.expr) -> str:
    """The last name of a decorator: `step` for `@step(...)` and for `@engine.step(...)`."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def forbidden_in(function: Function) -> list[str]:
    """What a kernel must not contain, each with its line; the decorators themselves are not looked at."""
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    return [f"line {getattr(node, 'lineno', function.lineno)}: {fault}" for node in nodes for fault in faults(node)]


def faults(node: ast.AST) -> Iterator[str]:
    """Why one node of the syntax tree does not belong in a kernel."""
    for kind, name in STATEMENTS.items():
        if isinstance(node, kind):
            yield name
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        yield "chained comparison"
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "if in a comprehension"
    if isinstance(node, ast.Name) and node.id in BUILTINS:
        yield f"builtin {node.id}"
    if isinstance(node, ast.Attribute) and node.attr in FLOAT_NAMES:
        yield f"float by {node.attr}"
    if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
        yield "float literal"


def read(path: Path) -> list[tuple[str, Function]]:
    """The kernels of a file, with where they stand."""
    found = kernels(ast.parse(path.read_text(encoding="utf-8"), str(path)))
    return [(f"{path.relative_to(LAW_FOLDER.parent)}:{f.lineno} {f.name}", f) for f in found]


ALL = [kernel for path in sorted(LAW_FOLDER.glob("**/*.py")) for kernel in read(path)]


@pytest.mark.parametrize(("where", "kernel"), ALL, ids=[where for where, _ in ALL])
def test_a_kernel_computes_on_arrays_only(where: str, kernel: Function) -> None:
    assert forbidden_in(kernel) == []


def test_every_rule_is_among_the_kernels_read() -> None:
    registered = {
        decorator.args[0].value
        for _, kernel in ALL
        for decorator in kernel.decorator_list
        if isinstance(decorator, ast.Call) and decorator_name(decorator) == "rule" and isinstance(decorator.args[0], ast.Constant)
    }
    assert registered == set(RULES)
    assert len(ALL) > len(registered)  # steps too


PLANTED = {
    "if": "if amount > 3:\n        amount = 2",
    "if expression": "amount = 2 if amount > 3 else 1",
    "and/or": "amount = amount and 2",
    "not": "amount = not amount",
    "while": "while amount:\n        amount -= 1",
    "try": "try:\n        amount = 2\n    except ValueError:\n        amount = 3",
    "match": "match amount:\n        case 1:\n            amount = 2",
    "true division": "amount /= 2",
    "chained comparison": "amount = 1 < amount < 3",
    "if in a comprehension": "amount = [a for a in amount if a > 2]",
    "float literal": "amount = amount * 0.5",
    "float by float64": "amount = amount.astype(np.float64)",
    "float by mean": "amount = amount.mean()",
    **{f"builtin {name}": f"amount = {name}(amount)" for name in sorted(BUILTINS)},
}
DECORATED = ['@step("Judul", "{amount}")', '@rule("contribution.new", "Judul")', '@engine.step("Judul")']


@pytest.mark.parametrize("decorator", DECORATED)
@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, decorator: str) -> None:
    source = f"{decorator}\ndef kernel(law, amount):\n    {PLANTED[fault]}\n    return amount\n"
    (kernel,) = kernels(ast.parse(source))
    assert [told.split(": ", 1)[1] for told in forbidden_in(kernel)] == [fault]


def test_a_division_written_as_an_operator_is_found() -> None:
    (kernel,) = kernels(ast.parse("@step('Judul')\ndef kernel(law, amount):\n    return amount / 2\n"))
    assert forbidden_in(kernel) == ["line 2: true division"]


def test_what_is_allowed_in_a_kernel_is_not_refused() -> None:
    source = """
@step("Judul", "min({amount}, {jp.ceiling})")
def kernel(law, amount):
    total = np.minimum(amount, law.rupiah("jp.ceiling")) // 3 % 5
    for rate in law.ppm("jkk.pu.rate"):
        total += law.share(amount, rate) * (amount >= 3) * ~(amount == 4)
    return np.where((total > 1) & (total < 9), total, -total)

def helper(amount):
    return amount / 2.0 if amount else 1
"""
    (kernel,) = kernels(ast.parse(source))
    assert forbidden_in(kernel) == []
