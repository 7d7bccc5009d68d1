using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Activities;
using Gamification.Journal;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Activities;

namespace Gamification.Members;

/// <summary>
/// A member's account as it takes events that are no receipts: a pure rule decides, the journal makes it durable, then memory changes. An event's
/// own key and that of its actor and target commit with it, so that each counts once in the whole programme whoever asks at the same time.
/// </summary>
internal sealed class ActivityLedger(ActorId actor, AccountLedger account, IJournal journal)
{
    private MemberId Member => MemberId.Parse(actor.Key);

    public async Task<ActivityOutcome> Report(ReportedActivity activity, DateTimeOffset receivedAt)
    {
        activity = AtHome(activity);
        var key = KeyOf(activity.Key, activity.Content);
        while (true)
        {
            var (reported, pair) = await Case(activity);
            var context = await Context(reported, receivedAt);
            using var drawn = MayDraw(activity, context) ? await account.Draw(context, with => ActivityRulings.Wants(account.State, reported, with)) : CampaignDraws.None;
            var (entries, refusal) = ActivityRulings.Decide(account.State, reported, drawn.Into(context));
            if (refusal is not null) return await FirstUse(key) ?? new ActivityOutcome.Refused(refusal);
            ImmutableArray<NewEntry> claims = pair is { } fresh && entries[0] is ActivityPosted { Treatment: ActivityTreatment.Earned } ? [Claim(activity.Key, fresh)] : [];
            if (await Commit(entries, key, drawn, claims) is { } outcome) return outcome;
        }
    }

    public async Task<ActivityOutcome> Revise(ActivityRevision revision, DateTimeOffset receivedAt)
    {
        var key = KeyOf(revision.Key, revision.Content);
        while (true)
        {
            var context = account.Context(AccountKind.Member, receivedAt, revision.OccurredAt, await account.WholePast());
            if (await Commit([Revisions.Decide(account.State, revision, context)], key, CampaignDraws.None, []) is { } outcome) return outcome;
        }
    }

    public async Task<ActivityPreview> Preview(ReportedActivity activity, DateTimeOffset receivedAt)
    {
        activity = AtHome(activity);
        var (reported, _) = await Case(activity);
        var context = await Context(reported, receivedAt);
        if (MayDraw(activity, context)) context = await account.Peek(context, with => ActivityRulings.Wants(account.State, reported, with));
        return ActivityRulings.Preview(account.State, reported, context);
    }

    /// <summary>What happens in no store has the date of where the member lives (spec §2); the edge, which does not know, has given it the programme's.</summary>
    private ReportedActivity AtHome(ReportedActivity activity) =>
        activity.Store is null && account.State.Recognition?.Home is { } home ? activity with { BusinessDate = home.DatesOf(activity.OccurredAt).Date } : activity;

    private static bool MayDraw(ReportedActivity activity, AccountContext context) => context.Scheme is { HasCampaigns: true } scheme && scheme.MayDraw(activity.Facts());

    /// <summary>Whoever holds the event, by the journal's keys; null when nobody does.</summary>
    public static async Task<MemberId?> OwnerOf(IJournal journal, string programme, ActivityKey activity) =>
        await journal.FindKey(programme, KeyOf(activity, default), CancellationToken.None) is { Type: ActivityPosted.Type } first ? MemberId.Parse(first.Actor.Key) : null;

    /// <summary>The event as this account meets it, and the key of its actor and target when that is not taken yet.</summary>
    private async ValueTask<(ActivityCase Reported, BusinessKey? Pair)> Case(ReportedActivity activity)
    {
        if (activity.PairDigest(Member) is not { } digest) return (new(activity, Member, null), null);
        var pair = new BusinessKey(0, digest, default);
        return await journal.FindKey(actor.Programme, pair, CancellationToken.None) is { } first
            ? (new(activity, Member, new(JsonSerializer.Deserialize(first.Payload.Span, DurableJson.Default.ActivityPaired)!.Activity, account.IsOwn(first.Actor))), null)
            : (new(activity, Member, null), pair);
    }

    private async ValueTask<AccountContext> Context(ActivityCase reported, DateTimeOffset receivedAt)
    {
        var past = ActivityRulings.NeedPast(account.State, reported, account.SchemeAt(reported.Activity.OccurredAt)) ? await account.WholePast() : null;
        return account.Context(AccountKind.Member, receivedAt, reported.Activity.OccurredAt, past);
    }

    /// <summary>Null when it must be decided again: somebody wrote first, or the pair was taken meanwhile.</summary>
    private async ValueTask<ActivityOutcome?> Commit(ImmutableArray<AccountEntry> entries, BusinessKey key, CampaignDraws drawn, ImmutableArray<NewEntry> claims)
    {
        var version = account.Version + 1;
        return await account.Commit(entries, key, drawn, claims) switch
        {
            AppendOutcome.Appended appended => new ActivityOutcome.Recorded(RecordOf(entries[0], actor, version, appended.RecordedAt)!),
            AppendOutcome.KeyTaken { Index: 0 } taken => Repeat(key, taken.Content, taken.First),
            _ => null,
        };
    }

    private async Task<ActivityOutcome?> FirstUse(BusinessKey key) =>
        await journal.FindKey(actor.Programme, key, CancellationToken.None) is { } first ? Repeat(key, ContentOf(AccountEntryJson.Read(first)), first) : null;

    private static ActivityOutcome Repeat(BusinessKey key, Guid? content, StoredEntry first)
    {
        var entry = AccountEntryJson.Read(first);
        return content == key.Content && entry is not null && RecordOf(entry, first.Actor, first.Version, first.RecordedAt) is { } record
            ? new ActivityOutcome.Replayed(record)
            : new ActivityOutcome.Conflict(entry is null ? default : KeyOf(entry), first.RecordedAt);
    }

    private static ActivityRecord? RecordOf(AccountEntry entry, ActorId actor, long version, DateTimeOffset recordedAt)
    {
        (ActivityTreatment Treatment, ReceiptFlags Flags)? told = entry switch
        {
            ActivityPosted posted => (posted.Treatment, posted.Activity.Flags),
            ActivityRevised revised => (revised.Treatment, revised.Revision.Flags),
            _ => null,
        };
        return told is not { } known ? null : new()
        {
            Key = KeyOf(entry),
            Member = MemberId.Parse(actor.Key),
            Treatment = known.Treatment,
            Points = entry.Points,
            Balance = entry.Balance,
            Version = version,
            Flags = known.Flags,
            RecordedAt = recordedAt,
        };
    }

    private static ActivityKey KeyOf(AccountEntry entry) => entry switch
    {
        ActivityPosted posted => posted.Activity.Key,
        ActivityRevised revised => revised.Revision.Key,
        _ => default,
    };

    private static Guid? ContentOf(AccountEntry? entry) => entry switch
    {
        ActivityPosted posted => posted.Activity.Content,
        ActivityRevised revised => revised.Revision.Content,
        _ => null,
    };

    private static BusinessKey KeyOf(ActivityKey activity, Guid content) => new(0, activity.Digest(), content);

    private static NewEntry Claim(ActivityKey activity, BusinessKey pair) =>
        new(ActivityPaired.Type, JsonSerializer.SerializeToUtf8Bytes(new ActivityPaired(activity), DurableJson.Default.ActivityPaired), pair);
}
