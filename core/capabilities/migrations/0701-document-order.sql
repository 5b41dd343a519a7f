-- Lists are newest first; the id makes the order total, so that a page can end anywhere.
create index document_newest on document (municipality_id, plugin, school_id, collection, updated_at desc, id desc);
