package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.journal.Journal;

/** What every story is told with. */
record RunTools(String run, Ledger ledger, Leases leases, Journal journal, Preemption preemption) {}
