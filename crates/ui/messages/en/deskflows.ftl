# The editors' desk: decisions about what is there.

desk-nav-duplicates = Duplicates
desk-one-decision = decision
desk-field-decision = Decision
desk-field-decides = About
desk-field-other = The other item
desk-field-class = Class of the reason
desk-field-notice = Notice
desk-field-with-evidence = Also its evidence
desk-field-with-captures = Also captures that hold it
desk-field-all-sources = For every source
desk-field-concerns = Records it concerns
desk-field-reply-channel = Asked by way of
desk-field-reply-deadline = Reply asked for by
desk-field-reply-received = Reply received
desk-field-reply = The reply, word for word
desk-help-decision = Dispute, take back and bring back leave everything in history. What is destroyed is gone for good.
desk-help-decides = A claim, piece of evidence or capture by its number, such as e12-345; or item/ID or link/ID. To destroy something always name a number.
desk-help-other = For same, different and unsure: the item with which it is compared. If they are the same, the first becomes part of this one.
desk-help-class = Needed to take something back or to destroy it. Only a court order, a legal claim, personal data, safety and copyright are grounds to destroy.
desk-help-notice = To destroy: the reference of the public notice, such as notice-2026-07. It names no person. Readers see it.
desk-help-decision-source = The id of a source; several with | between them. A dispute needs one: who says otherwise.
desk-help-with-evidence = Destroys evidence, with its quotes, that bears on nothing else.
desk-help-with-captures = Destroys every capture in whose words the value stands.
desk-help-all-sources = No source may fill the property in again, not only those cited so far.
desk-help-concerns = Ids of items or links with | between them; both ends of this link where it is empty.
desk-help-reply-deadline = Fourteen days after it was asked where it is empty.
desk-help-reply-received = The date, or none where no reply came.
desk-help-reply = Exactly as it came, in its own language. Nothing is added and nothing left out.
desk-decision-dispute = Dispute
desk-decision-withdraw = Take back
desk-decision-restore = Bring back
desk-decision-redact = Destroy
desk-decision-same = The same
desk-decision-different = Different
desk-decision-unsure = Unsure
desk-class-mistake = our mistake
desk-class-outdated = outdated
desk-class-unsupported = not borne out by its sources
desk-class-source-withdrawn = withdrawn by its source
desk-class-court-order = order of a court or an authority
desk-class-legal-claim = legal claim that was found good
desk-class-personal-data = about a private person
desk-class-safety = could get somebody hurt
desk-class-copyright = words that we had no right to show
desk-difference-withdrawn = Taken back
desk-record = Record
desk-record-intro = All that was ever claimed of it. Each button begins a draft, which a second person has to accept.
desk-record-gone = Taken back:
desk-record-claims = Claims
desk-record-rests = Rests on
desk-record-correct = Correct
desk-record-reply = Ask for a reply
desk-record-say = Add a claim
desk-find-record = All claims of this record, and what can be done about them
desk-burial = What would be destroyed
desk-burial-help = Nothing of this can be brought back. Tombstones with the class and the notice stay, and every proof still holds.
desk-burial-unsound = Not all of it can be destroyed as it is written.
desk-burial-doomed = { $n ->
    [one] { $n } value is destroyed:
   *[other] { $n } values are destroyed:
}
desk-burial-here = { $n ->
    [one] Its words also stand in { $n } text kept at this desk. They are masked there too, and approvals of drafts that hold them count no more.
   *[other] Its words also stand in { $n } texts kept at this desk. They are masked there too, and approvals of drafts that hold them count no more.
}
desk-burial-elsewhere = This would stay, and may hold the same words:
desk-burial-done = All of it is destroyed. What was taken back can be brought back; what was destroyed cannot.
desk-burial-left = The tombstones are written, but not everything they name is destroyed yet.
desk-burial-again = Finish it
desk-duplicates = Possible duplicates
desk-duplicates-intro = Items that may be one, likeliest first. Nothing is ever joined by itself: a decision needs a reason and a second person, and a later one undoes it.
desk-duplicates-none = Nothing is left to decide.
desk-duplicates-into = The same: { $from } becomes part of { $into }
desk-duplicates-apart = Different: { $from } and { $into } are two
desk-duplicates-unsure = Unsure about { $from } and { $into }
desk-duplicates-decided = What was decided
desk-duplicates-pair = Items
desk-duplicates-undo = Take it back
desk-route-record = see all claims of a record
desk-route-record-begin = begin a draft about a claim
desk-route-duplicates = see possible duplicates
desk-route-duplicates-begin = begin a decision on two items
desk-route-destroy = finish a redaction that was accepted
