-- Made when the tables are full: that is quicker than keeping them up row by row.
CREATE INDEX IF NOT EXISTS reports_in_order ON reports (code IS NULL, code, year DESC, path, id, copy_of);
CREATE INDEX IF NOT EXISTS reviewed_by_path ON reviewed (path);
CREATE INDEX IF NOT EXISTS reports_by_original ON reports (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX IF NOT EXISTS marks_by_kin ON marks (kin);
