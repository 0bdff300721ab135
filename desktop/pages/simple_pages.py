"""Providers, services and actions: three registers over one page."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from desktop.pages.provider_detail import ProviderDetail
from desktop.pages.record_detail import RecordDetail
from desktop.pages.register import RegisterPage, RegisterPlan
from desktop.pages.simple_details import ActionDetail, ServiceDetail
from desktop.words import days_words
from storage.engine.fields import Record
from storage.engine.query import Order
from storage.engine.values import show_day
from storage.records.actions import Action
from storage.records.organisations import Organisation
from storage.records.services import Service
from widgets.empty import FirstAction
from widgets.table_model import Cell
from widgets.table_painter import FoldPlan


def due_cell(record: Record, today: date) -> Cell:
    """When an action is due; overdue says so in a word."""
    action = cast("Action", record)
    if action.due is None:
        return Cell()
    if action.status != "Open":
        return Cell(show_day(action.due), "soft")
    late = action.due < today
    return Cell(
        show_day(action.due), "red" if late else "", note="overdue" if late else days_words(action.due, today)
    )


class ProvidersPage(RegisterPage):
    """Every organisation a contract names."""

    key, title, icon = "providers", "Providers", "buildings"
    tables = (
        "organisation", "contract", "contract_party", "person", "site", "other_name", "succession",
        "checklist_run",
    )  # fmt: skip
    plan = RegisterPlan(
        cls=Organisation,
        nouns=("organisation", "organisations"),
        main="title",
        order=(Order("title"),),
        fold=FoldPlan("title", ("kind", "company_number"), label="Organisation"),
        total="value_held",
        many=True,
        empty=(
            "No providers yet",
            "Providers come with the register you import, or one at a time.",
            (
                FirstAction("tray-arrow-down", "Bring your register", "Its suppliers become providers here",
                            "Choose a file…", "file.import"),
                FirstAction("plus", "Enter a provider", "A name is enough to begin with", "New provider",
                            "new.provider"),
            ),
        ),
    )  # fmt: skip

    @property
    def primary(self) -> tuple[str, str]:
        """A new provider."""
        return ("New provider", "plus") if not self.is_empty else ("", "")

    def do_primary(self) -> None:
        """Add a provider."""
        self.command.emit("new.provider")

    def make_detail(self) -> RecordDetail[Any]:
        """The open organisation."""
        return ProviderDetail(self.session)


class ServicesPage(RegisterPage):
    """Every service, apart from the contracts that buy it."""

    key, title, icon = "services", "Services", "first-aid-kit"
    tables = (
        "service",
        "contract",
        "contract_service",
        "specification",
        "checklist_run",
        "action",
        "own_field",
    )
    plan = RegisterPlan(
        cls=Service,
        nouns=("service", "services"),
        main="title",
        order=(Order("title"),),
        fold=FoldPlan("title", ("reference", "programme"), label="Service"),
        many=True,
        empty=(
            "No services yet",
            "A service is what people use. Contracts buy it, specifications say what it must do, and checklists "
            "look at whether it should change or stop.",
            (
                FirstAction("plus", "Enter a service", "Then link the contracts that buy it", "New service",
                            "new.service"),
                FirstAction("book-open", "Look around first", "The sample has twelve services to look at",
                            "Open the sample", "file.sample"),
            ),
        ),
    )  # fmt: skip

    @property
    def primary(self) -> tuple[str, str]:
        """A new service."""
        return ("New service", "plus") if not self.is_empty else ("", "")

    def do_primary(self) -> None:
        """Add a service."""
        self.command.emit("new.service")

    def make_detail(self) -> RecordDetail[Any]:
        """The open service."""
        return ServiceDetail(self.session)


class ActionsPage(RegisterPage):
    """Every action, wherever it arose."""

    key, title, icon = "actions", "Actions", "flag"
    tables = ("action",)
    plan = RegisterPlan(
        cls=Action,
        nouns=("action", "actions"),
        main="title",
        order=(Order("status", True), Order("due")),
        fold=FoldPlan("title", ("owner", "status"), label="Action"),
        special={"due": due_cell},
        many=True,
        empty=(
            "No actions yet",
            "Actions come from checklists and contracts, with an owner and a date, and stand here in one list.",
            (
                FirstAction("plus", "Enter an action", "What is to be done, by whom, by when", "New action",
                            "new.action"),
            ),
        ),
    )  # fmt: skip

    @property
    def primary(self) -> tuple[str, str]:
        """A new action."""
        return ("New action", "plus") if not self.is_empty else ("", "")

    def do_primary(self) -> None:
        """Add an action."""
        self.command.emit("new.action")

    def make_detail(self) -> RecordDetail[Any]:
        """The open action."""
        return ActionDetail(self.session)
