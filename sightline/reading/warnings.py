"""Every warning a reading can give: a stable code and the sentence that explains it.

The sentence is general; a notice adds what stands where. `docs/reading-schema.md` prints this table and a test
holds the two equal.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # numbers and headings
    "duplicate_number": "The same number is printed on more than one row; both rows are kept.",
    "number_gap": "A number is missing from the series; nothing was added for it.",
    "heading_lost": "The numbers go on with a priority whose heading is not printed; its actions are kept without one.",
    "priority_number_inferred": "A priority is printed without a number; it was numbered by its actions or its place.",
    "number_unreadable": "The number cell holds words that are no number; they are kept.",
    # rows
    "row_shifted": "The row was printed some columns too far left and has been moved back.",
    "row_realigned": "The row has fewer cells than the table; they were placed by what they hold.",
    "row_joined": "The row was cut by a page and has been joined to its first part.",
    "cell_joined": "A cell was cut by a page and has been joined to its first part.",
    "merged_cell": "The cell is merged with the one above and takes its words.",
    "as_above": "The cell says “as above” and takes the words of the row above.",
    "cut_off": "The words stop in the middle of a sentence.",
    "row_set_aside": "The row could not be placed in the table; its words are kept apart.",
    "columns_unreadable": "The table's cells do not match its columns; its words are kept and its structure refused.",
    "table_set_aside": "The table is of no kind that is imported; its words are kept apart.",
    "empty_template": "The table has headings and no rows: it is an empty form.",
    "unequal_lists": "Lists that stand side by side in a row differ in length, so their items were not paired.",
    # owners
    "no_owner": "No owner is printed, here or above.",
    "no_owner_column": "The table has no column for owners.",
    "owner_unsplit": "The owner may be several bodies; the words were kept as one.",
    "lead_not_member": "A named lead is not in the document's list of members.",
    # timescales
    "no_timescale": "No timescale is printed.",
    "no_timescale_column": "The table has no column for timescales.",
    "inferred_year": "The timescale prints no year; it was taken from the neighbouring rows.",
    "year_missing": "The timescale prints no year, and no neighbouring row has one to take.",
    "impossible_date": "The day does not exist; no date was taken.",
    "unknown_timescale": "The timescale could not be read as a date or a kind of date; its words are kept.",
    "date_outside_period": "Timescales fall outside the period the document names.",
    "update_contradicts_date": "The update moves the date to another than the timescale prints.",
    "period_reversed": "The period ends before it begins.",
    "periods_disagree": "The title and the text name different periods.",
    # ratings
    "no_rating": "No rating is printed.",
    "no_rating_column": "The table has no column for a rating; it may have been a colour that was lost.",
    "rating_doubtful": "The rating is printed with a question mark or as two ratings.",
    "rating_unreadable": "The words in the rating column are no rating; they are kept.",
    "status_by_colour": "The rating is given by the cell's colour alone.",
    "status_hint": "The words say how far the action is, in a column that is not the rating's.",
    "children_disagree": "A row under this one has a worse rating than this row.",
    "status_contradicts_date": "The rating is green and the date has passed.",
    "red_without_update": "The rating is red and there is no update.",
    "complete_without_update": "The rating is complete and there is no update.",
    # words
    "self_reference": "The row refers to itself.",
    "repeated_text": "Two rows have the same words.",
    "acronym_unexplained": "Abbreviations are used and not explained in the document.",
    "personal_data": "The words may tell who a child is: a number, a date of birth, a postcode, a name beside an age.",
    # recommendations
    "count_disagrees": "The text names another number of recommendations than are printed.",
    "no_response": "No response to the recommendation is printed.",
    "response_elsewhere": "A response seems to answer another recommendation.",
    "response_without_recommendation": "A response stands under a recommendation that is not printed.",
    # figures and people
    "figure_disagrees": "One measure is printed with two values; both are kept.",
    "total_disagrees": "The parts do not add up to the printed total; both are kept.",
    "impossible_value": "The percentage is not possible for the number of meetings.",
    # what the file itself holds (said by the format readers)
    "encoding_guessed": "The file does not say how its letters are encoded; it was read as Windows-1252.",
    "control_characters": "Unprintable characters were left out.",
    "hidden_text": "The document holds hidden text, which was not read.",
    "tracked_changes": "The document holds tracked changes; insertions were read, deletions left out.",
    "comments_unread": "The document holds comments, which were not read.",
    "external_link": "The file links to other files; nothing was fetched from them.",
    "embedded_files": "The file holds other files, which were not read.",
    "active_content": "The file holds scripts or actions, which were ignored.",
    "form_fields_unread": "The file is a form; what was typed into its fields was not read.",
    "formula_value": "Cells hold formulas; the values stored with them were read.",
    "hidden_sheet": "The workbook holds hidden sheets, which were read too.",
    "hidden_rows": "The workbook holds hidden rows or columns, which were read too.",
    "colours_unread": "The colours of the workbook could not be read, only its words.",
}  # fmt: skip
