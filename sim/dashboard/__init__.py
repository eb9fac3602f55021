"""A page with sliders: two scenarios side by side, run again at each move.

Reading order: setup, controls, readings, crew, charts, answers, page, callbacks, app, serve.
"""
