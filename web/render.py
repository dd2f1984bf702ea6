"""Turns a template and values into a page. The only place that knows Jinja, nh3 and the hash in a static address; knows no routes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import markupsafe
import nh3
from jinja2 import BaseLoader, BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

import kb
from web import leaflet

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import HTMLResponse

HERE = Path(__file__).parent
STATIC = HERE / "static"

SITE = "Apothekerskast Jeugd"
TEMPLATES = "kast.templates"
"""Where a request may carry other templates than those of the living site: a static copy has its own frame around a page."""
STUDIED = "onderzoek"
"""How a page names a study, as against a committee, as the one who judged."""
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "code", "blockquote", "h3", "h4", "hr"}
_PAGE_LINK = re.compile(r"(?:\.\./|\./|/interventies/)?([a-z0-9-]+)(?:\.md)?")


def page(
    request: Request, template: str, status_code: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """A page of the site. Every template may use `request`; everything else is named by the caller."""
    own: Environment | None = request.scope.get(TEMPLATES)
    text = (own or environment()).get_template(template).render(request=request, **context)
    if own:
        return cast("HTMLResponse", Unsent(text))
    from starlette.responses import HTMLResponse

    return HTMLResponse(text, status_code, headers)


class Unsent(NamedTuple):
    """A page for a copy, in the place of an answer: it is put in a file and goes nowhere."""

    text: str


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of the living site."""
    return new_environment(FileSystemLoader(HERE / "templates"))


class _Context(Context):
    """Calls a macro at once; Jinja first looks at three places whether it wants to know the context."""

    def call(self, called: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **named: Any) -> Any:
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **named)
        return super().call(called, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **named)


def compiler_version() -> str:
    """Other when this module is: Jinja keeps what was made of a template by the source of that template alone."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:10]


class _Compiler(CodeGenerator):
    """Lets a template put escaped text in a page as it is; Jinja first makes it Markup, only to join it with the rest.

    What it writes is Python in which Jinja has put its own `missing` and `environment`.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  as Jinja calls it
        """An attribute is looked up at once; the function that Jinja calls for it is only for what is none, as the key of a dict."""
        self.write("(_found if (_found := getattr(_of := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else environment.getattr(_of, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class _Template(Template):
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        """The macros of a template, made once: no page brings globals of its own, for which Jinja looks at every import."""
        return super()._get_default_module()


class _Environment(Environment):
    context_class = _Context
    code_generator_class = _Compiler
    template_class = _Template

    @staticmethod
    def shown(value: Any) -> str:
        """A value as it stands in a page: escaped, unless it is Markup."""
        return _escaped(value) if type(value) is str else escape(value)


_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What escape does with a text before it makes Markup of it."""


def new_environment(loader: BaseLoader, cache: BytecodeCache | None = None) -> Environment:
    """A Jinja environment: everything is escaped, and a name that does not exist is an error."""
    env = _Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=cache,
    )
    env.globals.update(
        site=SITE,
        static=static,
        frozen=False,
        card=partial(card, env),
        drawn=lru_cache(partial(drawn, env)),
        legend=lru_cache(partial(legend, env)),
        scale=partial(scale, env),
    )
    env.filters.update(datum=dutch_date, proza=prose, getal=dutch_number, zin=sentence, keuzes=options)
    env.filters.update(oordeel=judged, over=leaflet.about, klein=leaflet.lowered)
    return env


def card(env: Environment, item: Any) -> Markup:
    """One intervention in a list: what the macro of that name makes of a Card."""
    macro = env.get_template("components.html").module.card  # type: ignore[attr-defined]
    i = item.intervention
    return Markup(macro(item, leaflet.MARKS, leaflet.ages(i), 3, leaflet.other_outcomes(i)))  # noqa: S704  the macro escapes


def drawn(env: Environment, mark: leaflet.Mark) -> Markup:
    """An evidence mark as a picture; there are ten of them, on every page and card."""
    return Markup(env.get_template("components.html").module.evidence_mark(mark))  # type: ignore[attr-defined]  # noqa: S704  the macro escapes


def legend(env: Environment) -> Markup:
    """How to read the evidence marks; the same on every page."""
    return Markup(env.get_template("components.html").module.legend(leaflet.MARKS))  # type: ignore[attr-defined]  # noqa: S704  the macro escapes


class Answered(NamedTuple):
    """As much of a page of the form as one statement on it shows."""

    typed: Mapping[str, Sequence[str]]
    problems: Mapping[str, str]


def scale(
    env: Environment,
    view: Any,
    name: str,
    text: str,
    answers: tuple[Any, ...],
    hint: str | None = None,
    extra: str = "",
    numbers: Mapping[str, str] = MappingProxyType({}),
) -> Markup:
    """A statement with its answers, as the macro of that name makes it. Who chose the same sees the same: that is made once."""
    chosen = tuple(answer.code for answer in answers if answer.code in view.typed.get(name, ()))
    shown = (env, (name, text, answers, hint, extra), tuple(numbers.items()), chosen)
    return _scale(*shown, view.problems[name]) if name in view.problems else _kept_scale(*shown)


def _scale(
    env: Environment,
    asked: tuple[Any, ...],
    numbers: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
    problem: str | None = None,
) -> Markup:
    name = asked[0]
    view = Answered({name: chosen}, {name: problem} if problem else {})
    macro = env.get_template("fields.html").module.scale  # type: ignore[attr-defined]
    return Markup(macro(view, *asked, dict(numbers)))  # noqa: S704  the macro escapes


_kept_scale = lru_cache(maxsize=4096)(_scale)


@lru_cache(maxsize=4)
def options(names: tuple[str, ...]) -> Markup:
    """What a list of names to choose from holds: hundreds, and the same on every page."""
    return Markup().join(Markup('<option value="{}"></option>').format(name) for name in names)


@lru_cache(maxsize=64)
def static(name: str) -> str:
    """Address of a static file; it changes with the content, so that a browser may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def dutch_date(value: date | str) -> str:
    """'21 november 2026', 'november 2026' or '2026': as exact as what is known."""
    year, *rest = str(value).split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)


def dutch_number(value: float) -> str:
    """12500 as '12.500', 2.125 as '2,125'."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def judged(entry: kb.Evidence) -> str:
    """By whom and when. Of what nobody judged: what there is instead, so that a study does not look like a verdict."""
    when = dutch_date(entry.judged_on) if entry.judged_on else ""
    if entry.level is not kb.EvidenceLevel.NOT_ASSESSED:
        return ", ".join(word for word in (entry.judged_by, when) if word) or entry.level.meaning
    if entry.judged_by == STUDIED:
        return f"geen oordeel van een commissie; wel onderzoek{f' ({when})' if when else ''}"
    found = " ".join(word for word in (entry.judged_by, when) if word)
    return f"geen oordeel gevonden; bron: {found}" if found else entry.level.meaning


def sentence(text: str) -> str:
    """With a capital first and a full stop last, whatever an editor left off."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", ":")) else ".")


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """HTML of the prose of a page. kb refuses raw HTML; nh3 is the second lock on the same door, where anything could come through."""
    return Markup(kb.plain_html(text) or _CLEANER.clean(kb.to_html(text)))  # noqa: S704  it was cleaned


def prose(text: str | None) -> Markup:
    """What stands under a heading of a page, or that the sources say nothing about it."""
    if text and text != kb.NOT_FOUND:
        return Markup(f'<div class="prose">{markdown(text)}</div>')  # noqa: S704  it was cleaned
    return Markup(f'<p class="unknown">{kb.NOT_FOUND}</p>')  # noqa: S704  our own words


def _to_address(_tag: str, attribute: str, value: str) -> str:
    """A link to another page as an editor writes it (`kiva.md`) becomes its address."""
    found = _PAGE_LINK.fullmatch(value) if attribute == "href" else None
    return f"/interventies/{found[1]}" if found else value


_CLEANER = nh3.Cleaner(tags=TAGS, attributes={"a": {"href"}}, attribute_filter=_to_address, link_rel="noopener")
