### What the ledger says about its own publication: embargoes, and editions that were held back.

notice-embargo = sealed until { $day }: the record commits to it now, and nobody can read it before
notice-reveal = revealed what edition { $edition } had sealed
notice-abandon = destroyed what edition { $edition } had sealed ({ $why }; notice { $notice })
notice-override = { $n ->
    [one] published although { $n } record of edition { $edition } is missing. Reason given: { $reason }
   *[other] published although { $n } records of edition { $edition } are missing. Reason given: { $reason }
}
