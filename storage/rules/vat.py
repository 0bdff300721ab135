"""What a value costs the commissioner once VAT is taken into account."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from storage.engine.values import show_money
from storage.rules.explained import Explained, Reason
from storage.rules.rates import checked_rate, part_of, show_rate

NET_OF_RECOVERABLE = "Local Government Transparency Code 2015: values net of recoverable VAT"


class VatBasis(StrEnum):
    """Whether a recorded value has VAT in it."""

    EXCLUDING = "Excluding VAT"
    INCLUDING = "Including VAT"
    NOT_SAID = "Not said"

    @classmethod
    def read(cls, words: str) -> VatBasis:
        """The basis a word stands for; blank and unlisted words say nothing."""
        said = words.casefold().split()
        return next((basis for basis in cls if basis.casefold().split() == said), cls.NOT_SAID)


def with_vat(
    pence: int | None, basis: VatBasis, irrecoverable: int | None = None, rate: Decimal | None = None
) -> Explained[int | None]:
    """The cost to the commissioner: the value without VAT and the VAT that cannot be recovered, in pence.

    A value that includes VAT is brought back to its net by the VAT `rate` (per cent); without a rate the VAT
    cannot be taken out, so the value is kept gross and the sentence says so. A value whose basis is not said is
    kept as it is, with nothing added, since the irrecoverable VAT may be in it already.
    Raises ValueError for what is no rate, or one below nought.
    """
    if pence is None:
        return Explained(None, "No value is recorded.")
    value = Reason(f"The value recorded is {show_money(pence)} ({basis[0].lower()}{basis[1:]}).")
    if irrecoverable is None:
        part = Reason("No irrecoverable VAT is recorded.")
    else:
        part = Reason(f"Irrecoverable VAT: {show_money(irrecoverable)}.")
    if basis is VatBasis.NOT_SAID:
        why = f"{show_money(pence)}, as recorded: whether VAT is in it is not said."
        return Explained(pence, why, (value, part))
    if basis is VatBasis.INCLUDING:
        return _from_gross(pence, irrecoverable, rate, (value, part))
    cost = pence + (irrecoverable or 0)
    if irrecoverable is None:
        why = f"{show_money(cost)} excluding VAT; no irrecoverable VAT is recorded to be added."
    else:
        why = f"{show_money(cost)} = {show_money(pence)} plus {show_money(irrecoverable)} irrecoverable VAT."
    return Explained(cost, why, (value, part, Reason("Recoverable VAT is no cost.", NET_OF_RECOVERABLE)))


def _from_gross(
    pence: int, irrecoverable: int | None, rate: Decimal | None, reasons: tuple[Reason, ...]
) -> Explained[int | None]:
    """The cost of a value that includes VAT: its net and what of the VAT cannot be recovered."""
    if rate is None or irrecoverable is None:
        missing = "the VAT rate" if rate is None else "how much of the VAT cannot be recovered"
        why = f"{show_money(pence)} including VAT: {missing} is not recorded, so none of it is taken out."
        return Explained(pence, why, reasons)
    if checked_rate(rate) < 0:
        raise ValueError("VAT cannot have a rate below nought.")
    top, bottom = rate.as_integer_ratio()
    net = part_of(pence, 100 * bottom, 100 * bottom + top)
    step = Reason(f"Without VAT at {show_rate(rate)}: {show_money(net)}.")
    if abs(irrecoverable) > abs(pence - net):
        why = (
            f"{show_money(pence)} including VAT, kept gross: the irrecoverable VAT of {show_money(irrecoverable)} is "
            f"more than all VAT in it ({show_money(pence - net)} at {show_rate(rate)})."
        )
        return Explained(pence, why, (*reasons, step))
    cost = net + irrecoverable
    why = (
        f"{show_money(cost)} = {show_money(net)} without VAT at {show_rate(rate)}, plus "
        f"{show_money(irrecoverable)} irrecoverable VAT."
    )
    return Explained(cost, why, (*reasons, step, Reason("Recoverable VAT is no cost.", NET_OF_RECOVERABLE)))
