using System.Text.Json;
using Gamification.Journal;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>Account entries and snapshots, to and from durable bytes.</summary>
internal static class AccountEntryJson
{
    public static NewEntry Write(AccountEntry entry, BusinessKey? key = null) => entry switch
    {
        ReceiptPosted posted => new(ReceiptPosted.Type, ReceiptPostedForm.Write(posted), key),
        ReturnSettled settled => new(ReturnSettled.Type, JsonSerializer.SerializeToUtf8Bytes(settled, DurableJson.Default.ReturnSettled), key),
        SaleAttributed attributed => new(SaleAttributed.Type, JsonSerializer.SerializeToUtf8Bytes(attributed, DurableJson.Default.SaleAttributed), key),
        SaleReleased released => new(SaleReleased.Type, JsonSerializer.SerializeToUtf8Bytes(released, DurableJson.Default.SaleReleased), key),
        MemberEnrolled enrolled => new(MemberEnrolled.Type, JsonSerializer.SerializeToUtf8Bytes(enrolled, DurableJson.Default.MemberEnrolled), key),
        RecognitionPosted posted => new(RecognitionPosted.Type, JsonSerializer.SerializeToUtf8Bytes(posted, DurableJson.Default.RecognitionPosted), key),
        RewardHeld one => new(RewardHeld.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardHeld), key ?? RewardKeys.Of(one)),
        RewardWaiting one => new(RewardWaiting.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardWaiting), key ?? RewardKeys.Of(one)),
        RewardOffered one => new(RewardOffered.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardOffered), key ?? RewardKeys.Of(one)),
        RewardCommitted one => new(RewardCommitted.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardCommitted), key ?? RewardKeys.Of(one)),
        RewardAbandoned one => new(RewardAbandoned.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardAbandoned), key ?? RewardKeys.Of(one)),
        RewardUsed one => new(RewardUsed.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardUsed), key ?? RewardKeys.Of(one)),
        RewardExpired one => new(RewardExpired.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardExpired), key ?? RewardKeys.Of(one)),
        RewardReturned one => new(RewardReturned.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.RewardReturned), key ?? RewardKeys.Of(one)),
        GestureTaken one => new(GestureTaken.Type, JsonSerializer.SerializeToUtf8Bytes(one, DurableJson.Default.GestureTaken), key ?? RewardKeys.Of(one)),
        TimePassed passed => new(TimePassed.Type, JsonSerializer.SerializeToUtf8Bytes(passed, DurableJson.Default.TimePassed), key),
        ChallengeTaken taken => new(ChallengeTaken.Type, JsonSerializer.SerializeToUtf8Bytes(taken, DurableJson.Default.ChallengeTaken), key),
        PrizeReceived received => new(PrizeReceived.Type, JsonSerializer.SerializeToUtf8Bytes(received, DurableJson.Default.PrizeReceived), key),
        PrizeTakenBack back => new(PrizeTakenBack.Type, JsonSerializer.SerializeToUtf8Bytes(back, DurableJson.Default.PrizeTakenBack), key),
        MemberSegmented segmented => new(MemberSegmented.Type, JsonSerializer.SerializeToUtf8Bytes(segmented, DurableJson.Default.MemberSegmented), key),
        MemberLeft left => new(MemberLeft.Type, JsonSerializer.SerializeToUtf8Bytes(left, DurableJson.Default.MemberLeft), key ?? MergeKeys.Of(left)),
        MemberJoined joined => new(MemberJoined.Type, JsonSerializer.SerializeToUtf8Bytes(joined, DurableJson.Default.MemberJoined), key ?? MergeKeys.Of(joined)),
        MemberParted parted => new(MemberParted.Type, JsonSerializer.SerializeToUtf8Bytes(parted, DurableJson.Default.MemberParted), key ?? MergeKeys.Of(parted)),
        MemberRevived revived => new(MemberRevived.Type, JsonSerializer.SerializeToUtf8Bytes(revived, DurableJson.Default.MemberRevived), key ?? MergeKeys.Of(revived)),
        ActivityPosted posted => new(ActivityPosted.Type, JsonSerializer.SerializeToUtf8Bytes(posted, DurableJson.Default.ActivityPosted), key),
        ActivityRevised revised => new(
            revised.Revision.Removes ? ActivityRevised.ReversedType : ActivityRevised.RestoredType, JsonSerializer.SerializeToUtf8Bytes(revised, DurableJson.Default.ActivityRevised), key),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    /// <summary>The entry, or null when it is of a type that is not an account's.</summary>
    public static AccountEntry? Read(StoredEntry stored) => stored.Type switch
    {
        ReceiptPosted.Type => ReceiptPostedForm.Read(stored.Payload),
        ReturnSettled.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.ReturnSettled),
        SaleAttributed.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.SaleAttributed),
        SaleReleased.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.SaleReleased),
        MemberEnrolled.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.MemberEnrolled),
        RecognitionPosted.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RecognitionPosted),
        RewardHeld.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardHeld),
        RewardWaiting.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardWaiting),
        RewardOffered.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardOffered),
        RewardCommitted.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardCommitted),
        RewardAbandoned.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardAbandoned),
        RewardUsed.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardUsed),
        RewardExpired.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardExpired),
        RewardReturned.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.RewardReturned),
        GestureTaken.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.GestureTaken),
        TimePassed.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.TimePassed),
        ChallengeTaken.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.ChallengeTaken),
        PrizeReceived.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.PrizeReceived),
        PrizeTakenBack.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.PrizeTakenBack),
        MemberSegmented.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.MemberSegmented),
        MemberLeft.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.MemberLeft),
        MemberJoined.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.MemberJoined),
        MemberParted.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.MemberParted),
        MemberRevived.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.MemberRevived),
        ActivityPosted.Type => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.ActivityPosted),
        ActivityRevised.ReversedType or ActivityRevised.RestoredType => JsonSerializer.Deserialize(stored.Payload.Span, DurableJson.Default.ActivityRevised),
        _ => null,
    };

    public static byte[] WriteState(AccountState state) => JsonSerializer.SerializeToUtf8Bytes(state, DurableJson.Default.AccountState);

    /// <summary>What an activation knows: the newest snapshot and every entry after it.</summary>
    public static AccountState StateOf(ActorHistory history)
    {
        var state = history.Snapshot is { } snapshot ? ReadState(snapshot.Span) : AccountState.Empty;
        foreach (var stored in history.Tail)
        {
            if (Read(stored) is { } entry) state = state.Apply(entry, stored.Version);
        }

        return state;
    }

    public static AccountState ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, DurableJson.Default.AccountState)!;
}
