"""Which way does each state lean under one scenario, and under named choices side by side?"""
