using System.Collections.Immutable;
using System.Text.Json;

namespace Gamification.Tests.Live;

/// <summary>Whatever a server may send, with what each kind has.</summary>
internal sealed record WireMessage
{
    public required string Topic { get; init; }

    public required string Kind { get; init; }

    public string? StreamId { get; init; }

    public long Version { get; init; }

    public long From { get; init; }

    public long To { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public WireWindow? Window { get; init; }

    public long Size { get; init; }

    public ImmutableArray<string> Removed { get; init; } = [];

    public ImmutableArray<WireRow> Rows { get; init; } = [];

    public WireMember? Member { get; init; }

    public WireScreen? Screen { get; init; }

    public WireChallenge? Challenge { get; init; }

    public WireOwn? Own { get; init; }

    /// <summary>Of a topic that is asked for.</summary>
    public System.Text.Json.JsonElement? Content { get; init; }

    public string? Reason { get; init; }

    public static WireMessage Parse(JsonElement json) => json.Deserialize<WireMessage>(JsonSerializerOptions.Web)!;
}

internal sealed record WireRow(string Id, string Name, long Place, long Rank, long TiedWith, long Score, DateTimeOffset ReachedAt, string? OrderReason);

internal sealed record WireWindow(string Period, string Id, DateOnly? Start, DateOnly? End);

internal sealed record WireMember(long Balance, long Lifetime, long Receipts, long? Rank, long? Place, long? TiedWith, long Size);

internal sealed record WireText(string Fr, string Nl, string En);

internal sealed record WireChallenge(int Run, string Phase, int Participants, long Total, ImmutableArray<WireText> Revealed, DateTimeOffset? RevealsAt);

internal sealed record WireOwn(bool Joined, string? Team, long Score, bool Complete, WireText? Left, WireOwnRank? Rank);

internal sealed record WireOwnRank(int Rank, int TiedWith, int Ranked, bool Virtual);

internal sealed record WireScreen(string Id, string? Store, string Language, string Board);

/// <summary>The web page's reducer, word for word in another language: what a viewer shows after each message, and when it asks anew.</summary>
internal sealed class ClientModel
{
    private string? _doubted;

    public string? StreamId { get; private set; }

    public long Version { get; private set; }

    public long Size { get; private set; }

    public DateTimeOffset? AsOf { get; private set; }

    public ImmutableArray<WireRow> Rows { get; private set; } = [];

    /// <summary>True when only a new snapshot can say what is true now.</summary>
    public bool Receive(WireMessage message) => message.Kind == "snapshot" ? ReceiveSnapshot(message) : ReceiveDelta(message);

    private bool ReceiveSnapshot(WireMessage snapshot)
    {
        if (StreamId == snapshot.StreamId && snapshot.Version < Version) return false;

        // The late echo of a stream that ended speaks of an earlier instant: it has to be heard twice.
        if (StreamId is not null && StreamId != snapshot.StreamId && snapshot.AsOf < AsOf && _doubted != snapshot.StreamId)
        {
            _doubted = snapshot.StreamId;
            return true;
        }

        StreamId = snapshot.StreamId;
        Show(snapshot, snapshot.Version, snapshot.Rows);
        return false;
    }

    private bool ReceiveDelta(WireMessage delta)
    {
        if (StreamId != delta.StreamId) return true;
        if (delta.To <= Version) return false;
        if (delta.From != Version) return true;

        var rows = Rows.Where(row => !delta.Removed.Contains(row.Id)).ToDictionary(row => row.Id);
        foreach (var row in delta.Rows) rows[row.Id] = row;
        Show(delta, delta.To, rows.Values);
        return false;
    }

    private void Show(WireMessage message, long version, IEnumerable<WireRow> rows)
    {
        _doubted = null;
        Version = version;
        Size = message.Size;
        AsOf = message.AsOf;
        Rows = [.. rows.OrderBy(row => row.Place)];
    }
}
