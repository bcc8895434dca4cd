"""A poverty register and a participant registry with the truth between them: a world to measure record linkage in.

`make_world` makes households, gives everybody a name, a NIK and a place, and writes two lists of them: the register as village
clerks fill it in, and the members as employers report them. `spoil` is the part that makes a clean list of people into a
clerk's list, for use on other people. Promises: as many rows as asked; the same arguments give the same bytes (with the same
versions of NumPy and Arrow); true NIKs are unique; the truth tables name the person behind every row.

Every rate is an assumption, of `errors` (what lists get wrong) or of `assumptions` (how people live). No public file gives
them: what is measured here tells methods apart, it does not tell how well a real list will link.

Nobody is real. Serials of NIKs look like real ones (0001, 0002 … within a district and date, unlike `synth.regency` with its
0000), because neighbours that differ in nothing but the serial are what linkage has to tell apart. They are safe all the same:
the sub-district of every issued NIK, KK and village is 51 or above, and no regency has so many, so that no such number was ever
issued; nor may a clerk's slip lead out of those sub-districts. Phones begin with +62 800 0, the freephone prefix, which no
mobile number has and after which no freephone number goes on with 0.

Kinds: int is int64, text string, date date32; a ? marks a column that may be null.

register, members: the two lists
    row / member      int     1 to n in shuffled order: `row` in the register, `member` in members
    name              text    as the clerk wrote it: any case, titles, nicknames, spelling of any age
    nik               text?   mostly 16 digits; a slip may leave 15 or 17
    kk                text?   number of the family card: district, date and serial
    sex               text?   male, female
    birth_date        date?   mostly as in the official record, which has default dates for many of the old
    birth_place       text?   regency
    mother_name       text?
    phone             text?   in several ways of writing
    village_code      int?    10 digits

family: whom the registry knows of a member's family
    member            int
    nik               text    the true NIK of a spouse, child or parent

truth_register: who stands behind each row, and what the clerk did
    row               int
    person            int
    nik_state         text    good, missing, typo, head (of the household), cut (16th digit lost), dummy, reissued
    date_state        text    same (as the official record), default, slip, swapped, year, missing, real (the family's own
                              instead of an official default date)
    name_state        text    same, spelling, title, bin, short, joined, dropped, reversed, nick: the strongest, in this order;
                              `same` also where only case, spaces and punctuation differ
    is_member         bool    the person is among the members
    single_name       bool    the official name is one word
    age               int     in whole years by the official date
    moved             bool    the members' list has this person in another village than the register's truth
    duplicate_of      int?    the row this one is a second entry of

truth_members: member int, person int, and nik_state, date_state, name_state, moved, duplicate_of as above
"""

from jamsostek.synth.register.errors import DIRTY, MEMBERS, USUAL, Errors
from jamsostek.synth.register.make import World, make_world
from jamsostek.synth.register.spoil import Spoiled, spoil

__all__ = ["DIRTY", "MEMBERS", "USUAL", "Errors", "Spoiled", "World", "make_world", "spoil"]
