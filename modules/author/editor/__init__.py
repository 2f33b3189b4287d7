"""The forms of the editor: each draws one part of a draft, and saves what is typed or chosen."""
