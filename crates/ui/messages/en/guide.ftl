# Methodology, how to use, boundaries, the first visit.
