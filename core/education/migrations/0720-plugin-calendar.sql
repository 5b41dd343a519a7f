-- Events that a plugin added to a class; null for those of the timetable. `plugin_uid` is the UID of the iCalendar text they came from.
alter table calendar_event add column plugin text check (char_length(plugin) <= 80);
alter table calendar_event add column plugin_uid text check (char_length(plugin_uid) between 1 and 200);
create unique index calendar_event_of_plugin on calendar_event (municipality_id, plugin, class_id, plugin_uid)
  where plugin is not null and plugin_uid is not null;
