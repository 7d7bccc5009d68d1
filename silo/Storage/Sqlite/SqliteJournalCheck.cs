namespace Gamification.Storage.Sqlite;

internal static class SqliteJournalCheck
{
    private static readonly string[] Checks =
    [
        """
        select 'partition ' || h.partition || ': head is at ' || h.last_seq || ', entries are 1 to ' || coalesce(max(e.place) & 1099511627775, 0) || ', ' || count(e.place) || ' of them'
        from journal_head h left join journal_entry e on e.place > h.partition << 40 and e.place < (h.partition + 1) << 40
        group by h.partition having h.last_seq <> count(e.place) or h.last_seq <> coalesce(max(e.place) & 1099511627775, 0)
        """,
        "select 'partition ' || (e.place >> 40) || ' has entries but no head' from journal_entry e where not exists (select 1 from journal_head h where h.partition = e.place >> 40) group by e.place >> 40",
        "select 'actor ' || actor || ': newest version is ' || max(version) || ', but it has ' || count(*) || ' entries from ' || min(version) from journal_entry group by programme, actor having max(version) <> count(*) or min(version) <> 1",
        """
        select 'partition ' || (place >> 40) || ': entry ' || (place & 1099511627775) || ' was recorded before the one ahead of it'
        from (select place, recorded_at, lag(recorded_at) over (partition by place >> 40 order by place) as before from journal_entry) where recorded_at < before
        """,
        "select 'snapshot of ' || s.actor || ' is at version ' || s.version || ', which has no entry' from journal_snapshot s where not exists (select 1 from journal_entry e where e.programme = s.programme and e.actor = s.actor and e.version = s.version)",
        "select 'programme number ' || programme || ' has no name' from journal_entry where programme not in (select number from programme) group by programme",
        "select 'file: ' || integrity_check from pragma_integrity_check where integrity_check <> 'ok'",
    ];

    public static JournalCheck Run(SqliteSession session)
    {
        var (entries, actors, keys) = session.ReadFirst(
            "select (select count(*) from journal_entry), (select count(*) from journal_entry where version = 1), (select count(*) from journal_entry where key_digest is not null)",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
        return new(entries, actors, keys, [.. Checks.SelectMany(check => session.ReadAll(check, row => row.GetString(0)))]);
    }
}
