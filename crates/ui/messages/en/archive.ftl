archive-heading = What the archive holds
archive-why = A capture is what one server answered to us at one time. It shows what was said then, not that it is true.
archive-fetched = Fetched
archive-file = Received as a file
archive-archive = From a web archive made by others,
archive-complete = complete
archive-partial = partial
archive-wall = a wall
archive-error = no page
archive-why-cut = the answer broke off
archive-why-requisites = some of what the page loads did not come
archive-why-shell = nothing to read without scripts
archive-why-bot = the site asked for a proof that a person is there
archive-why-login = the site asked for a password
archive-why-consent = the site asked for consent first
archive-why-forbidden = the site refused
archive-why-gone = the site said that there is no such page
archive-why-legal = the site said that it must not show the page
archive-why-status = the site reported an error
archive-why-redirects = the site sent us in circles
archive-why-empty = the answer was empty
archive-why-silent = nobody answered
archive-unchanged = Looked at again on { $date }: it still says so.
archive-changed = Looked at again on { $date }: it says something else now. What it said before is kept here.
archive-gone = Gone on { $date }. What it said is kept here.
archive-walled = Looked at again on { $date }: something stands before the page now. What it said is kept here.
archive-unanswered = Looked at again on { $date }: nobody answered.
archive-more = How it was captured, and its digests
archive-verify = Verify this capture
archive-answered = Address that answered
archive-ip = IP address that answered
archive-type = Media type
archive-status = Status
archive-vantage = Asked from (country)
archive-requisites = Pictures, styles and scripts
archive-requisites-of = { $n } asked for, { $missing } did not come
archive-robots = What the site asks of robots
archive-robots-none = nothing
archive-robots-allowed = they may read this page
archive-robots-disallowed = not to read this page; we asked for it as a reader would
archive-kept = SHA-256 of what is kept
archive-text = SHA-256 of its text
archive-certificates = SHA-256 of the server’s certificates
archive-bytes = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
}
act-captured = captured
act-rechecked = looked at again
archive-of = What the archive holds of “{ $title }”
archive-kicker = A capture
archive-to-source = The source, and what rests on it
archive-read = Read what it said
archive-words = Its words
archive-words-why = These are the words as our program read them, without pictures, styles or scripts. The digests lead to the bytes as they were received.
archive-no-words = No words are held here: none were read, or this copy of the atlas does not hold them.
archive-more-words = { $n ->
    [one] { $n } more paragraph is not shown here.
   *[other] { $n } more paragraphs are not shown here.
}
archive-quotes = What evidence quotes
archive-quote-found = it stands here
archive-quote-gone = not found in this capture
archive-evidence = What the archive holds of it
archive-evidence-destroyed = What the archive held of it was destroyed: why
archive-destroyed = destroyed
archive-destroyed-why = What was captured { $date } was destroyed. Reason: { $reason }. Notice: { $notice }.
archive-destroyed-more = The decision and its proof
archive-withheld = The answer showed the machine that asked. Its bytes are given to nobody, and the words are masked where they would tell.
difference-link = What changed between this capture and the one before
difference-of = What changed at { $title }
difference-before = Before
difference-after = After
difference-words = Paragraph by paragraph
difference-count = { $gone ->
    [one] { $gone } paragraph is gone
   *[other] { $gone } paragraphs are gone
}, { $new ->
    [one] { $new } is new.
   *[other] { $new } are new.
}
difference-same = { $n ->
    [one] { $n } paragraph is the same.
   *[other] { $n } paragraphs are the same.
}
archive-private = The file itself is given to nobody: it may tell who handed it over.
archive-open = The file itself can be had as it was given, with everything in it, where the very bytes of captures are given out.
archive-sealed = The file itself is locked away, and whoever shows this page can’t open it. What is shown here was made from it when it came.
archive-spent = The file itself was destroyed when it came, so that it can tell nobody who handed it over. What is shown here was made from it before.
archive-picture = Painted anew from its dots: nothing that the file said beside them is left.
archive-picture-alt = A picture that was captured
archive-picture-digest = SHA-256 of the picture
archive-stamp = { $who } says that the kept bytes were there at { $date }.
archive-stamp-chain = An OpenTimestamps proof leads to { $who }. Whoever has the chain can look whether that block says so; this site has not.
archive-stamp-pending = Handed to OpenTimestamps ({ $who }); no block is named yet, so this proves no time.
archive-stamp-digest = SHA-256 of the time stamp
packet-title = Evidence from { $atlas }
packet-what = Captures of sources, with what proves them. Everything here can be read and checked without a network.
packet-made = Made
packet-check = How to check it
packet-check-1 = The first line finds every changed file; the second also proves that the log names these very bytes.
packet-check-2 = Take the log’s key from elsewhere than this bundle. More in
packet-captures = { $n ->
    [one] { $n } capture
   *[other] { $n } captures
}
packet-back = All captures
packet-files = Files
packet-proof = The log’s proof of it:
archive-kept-file = The bytes as they were received:
archive-text-file = Its words as they were read:
archive-picture-file = Its picture, painted anew:
archive-stamp-file = Time stamp:
