"""One room a question: what a study is told, how it answers, what it draws and how it tells it."""
