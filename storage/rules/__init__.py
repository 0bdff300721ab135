"""Pure arithmetic of dates, notice and money. Every result can say why; today is an argument."""
