"""What is known: observed series, their sources, and how gaps are filled.

Reading order: ``roster`` (who), ``series`` (what, with its source), ``impute`` (the one rule for
gaps), ``load`` (the door), ``lanes`` (the sea lanes), ``check`` (is the folder fit for use?) and
``compile`` (how the tables were made from the raw observations).
"""
