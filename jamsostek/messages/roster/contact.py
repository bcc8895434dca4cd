"""How the people of a list are reached and paid, and a disability: telephone, bank, account. Runs in the limited child."""

from __future__ import annotations

from jamsostek.messages.roster import choices, contacts
from jamsostek.messages.roster.frame import Frame
from jamsostek.messages.roster.work import chosen


class Contact:
    """Reads telephone, bank and disability; all that can be wrong here is a warning: the person is registered anyway."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.phone: list[str | None] = []
        self.bank: list[str | None] = []
        self.account: list[str | None] = []
        self.disability_type: list[str | None] = []
        self.disability_degree: list[str | None] = []

    def read(self) -> None:
        """Everything."""
        frame = self.frame
        self.phone = frame.values("phone", contacts.phone)
        self.bank = frame.values("bank", choices.bank, lambda cell: {"nearest": choices.nearest_bank(cell) or "-"})
        self.account = frame.values("account", contacts.account)
        self._pair_accounts()
        self.disability_type = chosen(frame, "disability_type")
        self.disability_degree = chosen(frame, "disability_degree")
        pairs = zip(self.disability_type, self.disability_degree, strict=True)
        alone = [place for place, (kind, degree) in enumerate(pairs) if degree and not kind]
        for place in alone:
            self.disability_degree[place] = None
        unknown = frame.noted_at({"disability_type_unknown"})
        frame.note("disability_degree_alone", [place for place in alone if not unknown[place]], "disability_degree")

    def _pair_accounts(self) -> None:
        """An account needs its bank and a bank its account; a bank's name inside the account's cell is not looked for."""
        frame = self.frame
        odd = frame.noted_at({"account_unreadable", "account_length", "account_lost_digits", "cell_ignored"})
        lone_accounts: list[int] = []
        lone_banks: list[int] = []
        for place, (bank, account) in enumerate(zip(self.bank, self.account, strict=True)):
            if account and not bank:
                lone_accounts.append(place)
                self.account[place] = None
            elif bank and not account:
                self.bank[place] = None
                if not odd[place]:
                    lone_banks.append(place)
        frame.note("account_without_bank", lone_accounts, "account")
        frame.note("bank_without_account", lone_banks, "bank")
