using Gamification.Journal;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>The recorded result that a receipt's entry stands for, the same whenever it is asked.</summary>
internal static class ReceiptRecords
{
    public static ReceiptRecord Of(ReceiptPosted posted, ActorId actor, long version, DateTimeOffset recordedAt, Scheme? scheme) => new()
    {
        Key = posted.Receipt.Key,
        Member = actor.Kind == "member" ? MemberId.Parse(actor.Key) : null,
        Treatment = posted.Treatment,
        Points = posted.Points,
        Balance = posted.Balance,
        Version = version,
        Taken = posted.Taken,
        Flags = posted.Receipt.Flags,
        RecordedAt = recordedAt,
        Notes = TillTelling.Of(posted, scheme),
    };

    /// <summary>The first result again for the same content; a conflict for any other.</summary>
    public static ReceiptOutcome Repeat(Receipt receipt, Guid content, StoredEntry first, Scheme? scheme) =>
        content == receipt.Content && AccountEntryJson.Read(first) is ReceiptPosted posted
            ? new ReceiptOutcome.Replayed(Of(posted, first.Actor, first.Version, first.RecordedAt, scheme))
            : new ReceiptOutcome.Conflict(receipt.Key, first.RecordedAt);
}
