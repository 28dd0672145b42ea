# What is said when something cannot be shown.

error-home = To the first page
error-missing = There is nothing here
error-missing-detail = No record has this address. It may be mistyped; search for the name instead.
error-gone = This record was withdrawn
error-gone-detail = It stays in the history of the atlas. The reason given: { $reason }
error-method = This address can only be read
error-method-detail = Use GET or HEAD.
error-query = The address asks for something that has no meaning
error-filter-detail = Parts of the filter are unknown:
error-parameter-detail = A part of the address has not the shape it needs:
error-query-detail = The part behind the question mark is too long or not readable text.
error-value = { $value } is no value of { $key }
error-parameter = { $key } can’t be this
error-allowed = Allowed:
error-stale = A newer edition has been published
error-stale-detail = Load the page again.
error-not-built = The browser part was not built
error-not-built-detail = Run “make browser” in the source folder and start again. All pages can be read without it.
error-broken = Something broke on our side
error-broken-detail = The fault is ours. Other pages still work.
error-too-large = Too much at once
error-too-large-detail = What was sent is larger than this address takes, or came too slowly. Send it in smaller parts.
error-busy = Not ready yet
error-busy-detail = What this page needs is still being prepared. Try again in a few seconds; all other pages work.
