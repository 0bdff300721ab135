"""The language of conditions and calculations: read, checked, printed, said in English and worked out."""
