"""The clocks of publication (government guidance, sections 5.4 and 5.5).

Both are read in sources about government research and bind no police force: each is a chosen standard.
"""

from datetime import timedelta

# GSR publication protocol: within 12 weeks (GOV-R2, read). It counts from the day the final report was
# agreed, which nobody records here; counting from the end of research is our judgement, as in the statement.
RESULTS_WITHIN = timedelta(weeks=12)
