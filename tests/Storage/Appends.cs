using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Journal;

namespace Gamification.Tests.Storage;

/// <summary>Builds appends in one line each.</summary>
internal static class Appends
{
    public const string Programme = "demo";

    public static ActorId Actor(string key, string programme = Programme) => new(programme, "member", key);

    public static BusinessKey Key(string text, string content = "same", int month = 202611) => new(month, Digest(text), Digest(content));

    public static Append Append(string actor, long expected, params NewEntry[] entries) => Append(Actor(actor), expected, entries);

    public static Append Append(ActorId actor, long expected, params NewEntry[] entries) =>
        new() { Actor = actor, ExpectedVersion = expected, Entries = [.. entries] };

    public static NewEntry Entry(string payload, BusinessKey? key = null, string type = "receipt.posted") => new(type, Encoding.UTF8.GetBytes(payload), key);

    public static string Text(this StoredEntry entry) => Encoding.UTF8.GetString(entry.Payload.Span);

    public static async Task<AppendOutcome> CommitOne(this IJournalStorage storage, PartitionHead head, Append append) =>
        (await storage.Commit(head.Partition, head.Epoch, [append], Now)).Single();

    public static async Task<List<StoredEntry>> ReadAll(this IJournalStorage storage, int partition)
    {
        List<StoredEntry> all = [];
        while (await storage.ReadPartition(partition, all.Count, 500, CancellationToken.None) is { Length: > 0 } page)
            all.AddRange(page);
        return all;
    }

    public static DateTimeOffset Now { get; } = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero).AddTicks(1_234_560);

    private static Guid Digest(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}
