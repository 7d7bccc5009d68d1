using System.Collections.Immutable;
using Gamification.Leaderboards;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Gamification.Live;

/// <summary>One row of a board as a wire carries it: a public id, never a surrogate.</summary>
internal sealed record RowMessage(
    string Id, string Name, long Place, long Rank, long TiedWith, long Score, DateTimeOffset ReachedAt, string? OrderReason);

/// <summary>Business dates, <see cref="End"/> excluded. A board of all time has neither.</summary>
internal sealed record WindowMessage(string Period, string Id, DateOnly? Start, DateOnly? End)
{
    public static WindowMessage Of(BoardWindow window) => window.Period == BoardPeriod.All
        ? new(BoardNames.Of(window.Period), window.Name, null, null)
        : new(BoardNames.Of(window.Period), window.Label, window.From, window.To);
}

internal sealed record BoardSnapshot(
    string Topic, string StreamId, long Version, DateTimeOffset AsOf, WindowMessage Window, string Ties, long Size, ImmutableArray<RowMessage> Rows)
{
    public string Kind => "snapshot";
}

/// <summary>For a viewer that is exactly at <see cref="From"/>.</summary>
internal sealed record BoardDelta(
    string Topic, string StreamId, long From, long To, DateTimeOffset AsOf, long Size,
    ImmutableArray<string> Removed, ImmutableArray<RowMessage> Rows)
{
    public string Kind => "delta";
}

/// <summary>A member's own numbers. They are few, so that each update is a snapshot.</summary>
internal sealed record MemberSnapshot(string Topic, string StreamId, long Version, DateTimeOffset AsOf, MemberNumbers Member)
{
    public string Kind => "snapshot";
}

/// <summary>
/// <see cref="Rank"/> and <see cref="Place"/> are those of the programme's board of this week, null for who has no score there. They are
/// virtual when the member is not on boards by its own wish: where it would stand.
/// </summary>
internal sealed record MemberNumbers(long Balance, long Lifetime, long Receipts, long? Rank, long? Place, long? TiedWith, long Size, bool IsVirtual);

internal sealed record ScreenSnapshot(string Topic, string StreamId, long Version, DateTimeOffset AsOf, LiveScreen Screen)
{
    public string Kind => "snapshot";
}

internal sealed record Revoked(string Topic)
{
    public string Kind => "revoked";
}

internal sealed record Refused(string Topic, string Reason)
{
    public const string Unauthorised = "unauthorised";
    public const string UnknownTopic = "unknown-topic";
    public const string TooManyTopics = "too-many-topics";

    public string Kind => "refused";
}

internal static class Messages
{
    /// <summary>The call that clients listen to. Serialized when first written, then the same bytes for every connection.</summary>
    public static SerializedHubMessage Serialized(object message) => new(new InvocationMessage("message", [message]));

    /// <summary>Asks the client to close, after all that was written before.</summary>
    public static SerializedHubMessage Goodbye { get; } = new(CloseMessage.Empty);
}
