"""The charts of the page, as plain figures of Plotly: mappings of data and layout, quick to make and to send."""
