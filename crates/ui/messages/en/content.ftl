# Stories, sections of profiles, indices, figures, changes, quality.

# navigation
nav-stories = Stories
nav-figures = Figures

# stories
story = Story
stories-intro = Case studies by the editors. Every sentence has its source, and every record is pinned: if one were withdrawn, its story would say so.
stories-none = No story is published in this edition.
story-references = What stands behind the sentences
story-references-why = A record carries its own sources; what contradicts it is named too.
story-reference = reference { $n }
story-record = A record of this atlas
story-record-gone = This record is no longer published.
story-map-list = The latest of these links

# profiles
overview = Overview
timeline = Timeline
