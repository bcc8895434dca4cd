"""`python -m jamsostek.demo.bank`: the practice bank until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from dataclasses import fields

from jamsostek.core.errors import InputError
from jamsostek.core.text import LANGUAGES, _, set_language
from jamsostek.demo.bank.server import Bank
from jamsostek.demo.bank.troubles import Troubles


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the options, starts the bank, says its address, and runs until it is interrupted."""
    spoken = argparse.ArgumentParser(add_help=False)
    spoken.add_argument("--lang", choices=LANGUAGES, default="id")
    set_language(spoken.parse_known_args(arguments)[0].lang)
    options = _options(spoken).parse_args(arguments)
    troubles = Troubles(**{one.name: getattr(options, one.name) for one in fields(Troubles)})
    try:
        with Bank(
            notify=options.notify,
            secret=options.secret,
            seed=options.seed,
            troubles=troubles,
            account=options.account,
            port=options.port,
        ) as bank:
            sys.stdout.write(_("Bank latihan di {url}; Ctrl-C menghentikannya.").format(url=bank.url) + "\n")
            sys.stdout.flush()
            threading.Event().wait()
    except InputError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.stdout.write("\n")


def _options(spoken: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m jamsostek.demo.bank", description=_("Bank latihan di komputer ini."), parents=[spoken]
    )
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--notify", metavar="URL", help=_("Alamat yang diberi tahu setiap pembayaran."))
    parser.add_argument("--secret", default="", metavar="whsec_…", help=_("Rahasia bersama untuk tanda tangan webhook."))
    parser.add_argument("--account", default="1234567890", help=_("Nomor rekening penerima."))
    parser.add_argument("--seed", type=int, default=1, help=_("Angka awal: gangguan yang sama untuk angka yang sama."))
    troubles = parser.add_argument_group(_("Gangguan, dalam persen (delay dalam detik)"))
    for one in fields(Troubles):
        kind = float if one.name == "delay_seconds" else int
        troubles.add_argument(f"--{one.name.replace('_', '-')}", type=kind, default=0, metavar="N")
    return parser


if __name__ == "__main__":
    main()
