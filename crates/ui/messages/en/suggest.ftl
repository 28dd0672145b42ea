# Suggestions: the form, what was understood, the code, how a suggestion stands.

suggestion-title = Suggest a change
suggestion-title-new = Suggest something new
suggestion-title-error = Report an error
suggestion-step = Page { $n } of 3
suggestion-about = About
suggestion-about-new = something that the atlas does not have
suggestion-property = Property
suggestion-now = The atlas says
suggestion-now-nothing = nothing yet

# the form
suggestion-public = We take public sources: what anyone can read, or could have read, in a register, a tender, a report, a newspaper, on a company’s own pages. You need no account and no name.
suggestion-secret = You have something leaked or secret?
suggestion-secret-why = Then do not send it here. This form is not built to protect a source, and we would have to delete what you send.
suggestion-secret-press = Turn to a newsroom that runs SecureDrop, GlobaLeaks or Hush Line. Find its address on its own pages, and read its advice before you open it.
suggestion-secret-device = Use a device and a network that have nothing to do with your work.
suggestion-secret-tor = Use Tor Browser at its level “Safest”.
suggestion-secret-law = Get legal advice first, if you can do so safely: a union, a press association or a lawyers’ association may help.
suggestion-what = What should it say?
suggestion-what-new = What should the atlas know?
suggestion-what-gap = What should stand there?
suggestion-what-error = What is wrong?
suggestion-where = Where?
suggestion-where-hint = A country, a city, a site: as precisely as the source says.
suggestion-when = When, or since when?
suggestion-when-hint = For example 2017, 2017-08 or 2017/2019.
suggestion-source = Where can it be read?
suggestion-source-hint = An address on the web, or author, title and date.
suggestion-passage = The very words of the source
suggestion-passage-hint = In its own language. Two or three sentences are enough.
suggestion-note = A note for the editors
suggestion-note-hint = Is never published. Leave out who you are.
suggestion-file = Files
suggestion-file-hint = Up to three, of 8 MB each: a picture (JPEG, PNG, WebP), a text, a PDF, a web page, a document of Word, Excel or LibreOffice. We keep its dots or its words and destroy the rest, its name too.
suggestion-files-held = These files are held in memory until you send, for two hours at most:
suggestion-files-drop = Take the files away
suggestion-next = Go on: see what was understood
suggestion-have-code = You have a code already?

suggestion-kept = What becomes of it
suggestion-kept-what = We keep the words of this form, what is left of your files, and the day; not the hour.
suggestion-kept-not = We keep no address, no browser’s name, no cookie. For an hour at most, in memory alone, a number made of your address and a key that is then thrown away counts how often one place sends.
suggestion-kept-files = Files are taken apart before anyone opens them: pictures are painted anew, documents become plain text. Places, devices, authors and dates hidden in them are gone.
suggestion-kept-long = Nothing of it is published by itself. Two people decide what goes into the atlas. What you sent is deleted at the latest one year after that, or at once when you ask for it with your code.
suggestion-kept-people = The atlas is about organisations and what they build. Leave private people out: names, telephone numbers and addresses of people are no use here.

# what is wrong with a form
suggestion-nothing = There is nothing in it yet. Fill in at least one field.
suggestion-too-long = “{ $field }” is longer than { $most } characters. Nothing of it is lost: shorten it below.
suggestion-files-too-often = The files were not taken: too many are being looked at just now. Your words are all here. Go on without the files, or go back and try again in a few minutes.
suggestion-files-full = The files were not taken: there is no room for more just now. Your words are all here. Go on without the files, or go back and try again in an hour.
suggestion-files-forgotten = The files are no longer held, because two hours are over or the site was started anew. Your words are all here: choose the files again.
suggestion-file-kind = File { $number } was not taken: it is none of the kinds that can be cleaned, or has no words that can be read (scanned pages, say). Send a picture of what matters, or copy the words into the form.
suggestion-file-damaged = File { $number } was not taken: it can’t be read. It may be cut short, locked with a password, or unfold to more than is taken.
suggestion-file-many = File { $number } was not taken: three files are the most.
suggestion-file-size = File { $number } was not taken: it is empty, or larger than 8 MB.
suggestion-file-broken = File { $number } was not taken: something broke on our side.

# the second page
suggestion-check = Is this right?
suggestion-understood = What was understood
suggestion-files = What is left of the files
suggestion-file-picture = A picture of { $width } × { $height } pixels, painted anew
suggestion-file-words = { $n ->
    [one] A text of 1 character. It begins:
   *[other] A text of { $n } characters. It begins:
}
suggestion-look-again = Look again
suggestion-look-again-why = None of this keeps you from sending.
suggestion-concern-email = “{ $words }” looks like somebody’s address for mail. Is it needed?
suggestion-concern-phone = “{ $words }” looks like a telephone number. Is it needed?
suggestion-concern-number = “{ $words }” looks like a number that identifies a person. Please take it out.
suggestion-concern-name = “{ $words }” looks like a person’s name. The atlas has no records of people.
suggestion-concern-no-source = No source is named. Without one an editor has to find it first.
suggestion-concern-address = “{ $words }” is no address that everyone can open. It should begin with https:// and lead to a public site.
suggestion-concern-date = The date can’t be read as one. That is fine if nothing more is known; otherwise write 2017, 2017-08 or 2017-08-21.
suggestion-concern-date-as = The date can’t be read as one. Do you mean { $words }?
suggestion-question = A question for people
suggestion-question-which = Write word number { $n } of this list.
suggestion-question-why = It keeps programs from filling our desk. You can copy the word.
suggestion-send = Send it
suggestion-edit = Change something
suggestion-question-wrong = That was another word. Nothing is lost: here is a new question.
suggestion-question-late = The question was too old. Nothing is lost: here is a new one.
suggestion-question-again = This question was answered already. If you were given a code, your suggestion has come; if you want to send it once more, answer the new question.
suggestion-too-often = This was done too often lately. Nothing is lost: wait ten minutes and try again.
suggestion-full = As many suggestions wait as can wait. Nothing of yours is lost as long as this page is open: try again tomorrow, or keep the text.
suggestion-broken = Something broke on our side, and nothing was kept. Your words are all here: try again later.

# the third page
suggestion-done = It has come. This is your code
suggestion-done-why = Write it down now. It is shown only once.
suggestion-done-only = The code is the only way back to your suggestion. We keep a fingerprint of it alone and can’t find it again for you.
suggestion-done-back = Come back in a week or two: { $page } An editor may have a question.
suggestion-done-remove = With the code you can also have everything deleted that you sent.

# where nothing is taken
suggestion-closed = This copy of the atlas takes no suggestions, and its original has no address on the web.
suggestion-closed-here = This is a copy of the atlas. Suggestions are taken at the original’s address: { $address }

# the status
suggestion-status-title = How does my suggestion stand?
suggestion-status-why = Enter the six words that you were given.
suggestion-code = Your code
suggestion-code-hint = Six English words. Capitals and what stands between them do not matter; the first four letters of each are enough.
suggestion-status-look = Look
suggestion-no-such-code = No suggestion has this code. Check the spelling and the order of the words. It may also have been deleted: that happens at the latest one year after the decision.
suggestion-standing = Standing
suggestion-received = Came on
suggestion-since = So since
suggestion-received-label = Received
suggestion-received-why = It waits for an editor to read it.
suggestion-in-review = In review
suggestion-in-review-why = Editors are checking it against its sources.
suggestion-asked = A question for you
suggestion-asked-why = An editor needs to know something before this can go on.
suggestion-accepted = Accepted
suggestion-accepted-why = Two editors have agreed. It went into the atlas, in their words and with its sources.
suggestion-returned = Returned
suggestion-returned-why = It can’t go on as it is. The reason says what is missing; you can add it below.
suggestion-rejected = Not used
suggestion-rejected-why = It will not go into the atlas. The reason stands below.
suggestion-said = What was said
suggestion-said-you = You
suggestion-said-reviewer = An editor
suggestion-answer = Your answer
suggestion-answer-send = Send the answer
suggestion-answer-size = Write an answer of at most 8,000 characters.
suggestion-not-asked = Nothing is asked just now, so your answer was not sent. It stands below if you want to copy it.
suggestion-withdraw = Delete what I sent
suggestion-withdraw-why = Everything that you sent is deleted for good: words, files, answers and the code. What went into the atlas already stays there, in the editors’ words.
suggestion-withdraw-sure = Yes, delete it
suggestion-withdraw-tick = Tick “Yes, delete it” first.
suggestion-withdrawn = It is deleted. Nothing of it is left here.

# where it begins
suggestion-value = Suggest a change
suggestion-record = Suggest a change to this record
suggestion-gaps = What the atlas does not know
suggestion-gaps-why = Nothing is known about these. If you know a public source, tell us.
nav-report-error = Report an error on this page
nav-suggest = Suggest something new
nav-suggestion-status = Your code

# corrections, notices, transparency
nav-corrections = Corrections
nav-notices = Notices
nav-transparency = Transparency
corrections-intro = Everything that was put right, taken back or destroyed since the first edition: what stood there before, what stands there now, and why. The list is made from the ledger, so that no correction can be left out of it.
corrections-none = Nothing has been corrected yet.
notices-intro = What was destroyed because a court ordered it, a right was found good, or somebody could have been hurt. Where a value stood, a tombstone says so, and the proof of the rest of the record stays whole.
notices-none = Nothing has been destroyed because of a notice.
notices-limits = That a notice is listed is no judgment on it. The list is made from the ledger: it holds notices that led to something, not those that were answered without a change.
notices-reference = Reference
notices-reason = Reason
notices-outcome = What was done
notices-when = Since
notices-destroyed = { $n ->
    [one] 1 value destroyed
   *[other] { $n } values destroyed
}
notices-captures = { $n ->
    [one] 1 capture destroyed, with its bytes and words
   *[other] { $n } captures destroyed, with their bytes and words
}
notices-given-up = what was sealed was destroyed unread
transparency-intro = What this atlas holds, for how long, and how often it had to take something back. Who asks us for more than this asks for what we do not have.
transparency-inventory = What is held
transparency-counts = Counted from the ledger
transparency-counted = A record counts once for each edition in which it was corrected, withdrawn or redacted.
transparency-editions = { $n ->
    [one] 1 edition
   *[other] { $n } editions
}
transparency-corrected = { $n ->
    [one] 1 record corrected
   *[other] { $n } records corrected
}
transparency-withdrawn = { $n ->
    [one] 1 record withdrawn
   *[other] { $n } records withdrawn
}
transparency-redacted = { $n ->
    [one] 1 record redacted
   *[other] { $n } records redacted
}
transparency-destroyed = { $n ->
    [one] 1 value destroyed
   *[other] { $n } values destroyed
}
transparency-captures = { $n ->
    [one] 1 capture destroyed
   *[other] { $n } captures destroyed
}
transparency-notices = { $n ->
    [one] 1 notice that led to something
   *[other] { $n } notices that led to something
}
inventory-ledger = The ledger: items, links, claims, evidence, decisions
inventory-ledger-long = For ever, and public. It names roles, not people, and days, not hours.
inventory-captures = Captures of sources
inventory-captures-long = As long as the claims that rest on them. Their words are public; what a site answered to us is not, as a rule.
inventory-readers = Readers
inventory-readers-long = Nothing: no address, no browser’s name, no cookie, no list of what was read.
inventory-lists = Lists that readers compare with the atlas
inventory-lists-long = Half an hour, in memory alone.
inventory-suggestions = Suggestions
inventory-suggestions-long = Words, what is left of files, and the day: until their sender deletes them, at the latest a year after the decision.
inventory-counts = How often one place sends suggestions
inventory-counts-long = An hour at most, in memory alone, as a number that tells nothing without a key that is thrown away.

# right of reply
reply-title = Right of reply
reply-why = Before and after publication we ask organisations about what the atlas says of them. What they answer stands here word for word; it neither delays nor decides what is published.
reply-asked = asked on { $date }
reply-channel = by { $channel }
reply-received = reply received on { $date }
reply-none = no reply came
reply-none-by = no reply came by { $date }
reply-open = no reply yet
reply-open-until = open until { $date }
