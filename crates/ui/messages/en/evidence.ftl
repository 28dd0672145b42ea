# How do we know?

how-do-we-know = How do we know?
evidence-sentence = According to { $publisher }, { $source } ({ $date })
evidence-sentence-plain = According to { $source } ({ $date })
evidence-anchor = at “{ $anchor }”
evidence-relays = relays { $source }: both are one piece of evidence
evidence-relays-more = { $n ->
    [one] relays { $n } other source
   *[other] relays { $n } other sources
}
stance-supports = supports
stance-contradicts = contradicts
stance-context = gives context
tally-supports = { $n ->
    [one] { $n } source supports
   *[other] { $n } sources support
}
tally-contradicts = { $n ->
    [one] { $n } contradicts
   *[other] { $n } contradict
}
confidence-confirmed = confirmed
confidence-probable = probable
confidence-reported = reported
confidence-disputed = disputed
confidence-stated = The file itself says: { $stated }. The atlas shows what its rule gives.
reason-independent = { $n } groups of sources support it, independent of each other
reason-official = a government source supports it
reason-against-interest = a party says so against its own interest
reason-contradicted = at least one source contradicts it
reason-leak-alone = only leaked material supports it
reason-one-group = all its sources go back to one
reason-editors-only = only the editors’ general knowledge supports it
reason-unsupported = no source supports it
status-as-of = { $status }, as of { $date }
status-undated = { $status }, date unknown
offered-only = offered only
offered-only-why = An offer or advertisement; no sale is proven, and it is not counted as one.
collective = collective
collective-why = A group that the sources do not break down; not an organisation.
highlight = point of particular interest
highlight-why = The editors draw attention to this link.
editors-text = Written by the editors from the sources below
