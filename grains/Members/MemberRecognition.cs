using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Activities;
using Gamification.Rules.Recognition;
using Gamification.Statements;
using Microsoft.Extensions.Logging;

namespace Gamification.Members;

/// <summary>
/// A member's account as it takes commands about its recognition, and what time alone brings. That comes before the next event, or with the one
/// durable reminder that a member has while anything is to come. In a replay time is the events', so that no reminder is set.
/// </summary>
internal sealed class MemberRecognition(ActorId actor, AccountLedger account, IJournal journal, BusinessClock clock, TimeProvider time, Grain grain, ILogger log, MemberBirthday birthday, bool isLive)
{
    public const string Reminder = "recognition";
    private const int IdMax = 100;

    /// <summary>Notices come in the morning, not all in the same minute; and no host takes a reminder further ahead than some weeks.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);
    private static readonly TimeSpan AheadMax = TimeSpan.FromDays(30);
    private static readonly TimeSpan Retry = TimeSpan.FromHours(6);

    private MemberId Member => MemberId.Parse(actor.Key);

    private RecognitionBook? Book => account.Scheme?.Recognition;

    /// <summary>Whether time has brought something that comes before this event.</summary>
    public bool IsDue(DateTimeOffset receivedAt, DateTimeOffset occurredAt) =>
        Book is { } book && RecognitionDue.IsDue(account.State.Recognition, book, clock.At(actor.Programme, receivedAt, occurredAt));

    /// <summary>Whether a date that comes round may be among it: its own entries come before the event's.</summary>
    public bool MayCelebrate(DateTimeOffset receivedAt, DateTimeOffset occurredAt) =>
        IsDue(receivedAt, occurredAt) && (account.State.Recognition!.Dates.IsBirthKnown || Celebrates(null, receivedAt, occurredAt));

    /// <summary>Records what time has brought when a celebration is among it; everything else can be told with the event.</summary>
    public async Task TellCelebrations(DateTimeOffset receivedAt, DateTimeOffset occurredAt)
    {
        var birth = account.State.Recognition is { Dates.IsBirthKnown: true } ? await birthday.Find() : null;
        if (Celebrates(birth, receivedAt, occurredAt)) await Tell(receivedAt, occurredAt);
    }

    public async Task<RecognitionOutcome> Do(string id, RecognitionCommand command, string by, DateTimeOffset receivedAt)
    {
        if (id.Length is 0 or > IdMax || id.Any(char.IsControl)) return new RecognitionOutcome.Refused(new("invalid-id", "/id", "Send 1 to 100 printable characters."));
        var key = BusinessKey.Undated($"recognition\n{actor.Programme}\n{actor.Key}\n{id}\n", default);
        while (true)
        {
            if (await journal.FindKey(actor.Programme, key, CancellationToken.None) is { } first) return Repeat(first, command);
            var context = account.Context(AccountKind.Member, receivedAt, clock.Now(actor.Programme) ?? receivedAt, command is TakePerk ? null : await account.WholePast());
            var (entry, refusal) = Book is null ? (null, null) : Commanding.Decide(account.State, command, by, context);
            if (entry is null) return new RecognitionOutcome.Refused(refusal ?? new("no-recognition", "", "This programme has no recognition document."));
            if (await account.Commit([entry], key) is AppendOutcome.Appended) return new RecognitionOutcome.Done(Replayed: false, entry.Refund, Says(entry));
        }
    }

    /// <summary>Records what time has brought by an event, or by now.</summary>
    public async Task Tell(DateTimeOffset receivedAt, DateTimeOffset occurredAt)
    {
        while (Book is not null)
        {
            var context = account.Context(AccountKind.Member, receivedAt, occurredAt, history: null) with { Birth = await birthday.Find() };
            if (Commanding.Tell(account.State, context) is not { } told) return;
            if (await account.Commit(await Celebrating(told, receivedAt, occurredAt), key: null) is AppendOutcome.Appended) return;
        }
    }

    /// <summary>The reminder came.</summary>
    public async Task<bool> Remind()
    {
        var now = time.GetUtcNow();
        if (Book is not null && IsDue(now, now)) await Tell(now, now);
        else await SetReminder(AccountState.Empty, account.State);
        return true;
    }

    private bool Celebrates(DateOnly? birth, DateTimeOffset receivedAt, DateTimeOffset occurredAt) =>
        Book is { } book && RecognitionDue.Celebrates(account.State.Recognition, book, birth, clock.At(actor.Programme, receivedAt, occurredAt));

    /// <summary>The entries of what is celebrated follow: the event that rules may reward.</summary>
    private async ValueTask<ImmutableArray<AccountEntry>> Celebrating(RecognitionPosted told, DateTimeOffset receivedAt, DateTimeOffset occurredAt)
    {
        if (!told.Recognised!.Changes.Any(change => change is Celebrated)) return [told];
        var entries = ImmutableArray.Create<AccountEntry>(told);
        var context = account.Context(AccountKind.Member, receivedAt, occurredAt, history: null);
        var state = account.State.Apply(told);
        foreach (var celebrated in told.Recognised.Changes.OfType<Celebrated>())
        {
            var key = new ActivityKey("gamification", $"{Member}/{celebrated.Event}/{celebrated.On.Year}");
            var activity = new ReportedActivity { Key = key, Type = celebrated.Event, OccurredAt = context.At, BusinessDate = celebrated.On, Content = key.Digest() };
            var reported = new ActivityCase(activity, Member, Paired: null);
            if (context.History is null && ActivityRulings.NeedPast(state, reported, context.Scheme)) context = context with { History = await account.WholePast() };
            foreach (var entry in ActivityRulings.Decide(state, reported, context).Entries)
            {
                state = state.Apply(entry);
                entries = entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Moves the reminder when the account says that it comes on another day. Should it fail, the next event brings what is due.</summary>
    public async Task SetReminder(AccountState before, AccountState after)
    {
        var day = after.Recognition?.RemindOn ?? 0;
        if (!isLive || account.Scheme?.Recognition is not { } book || day == (before.Recognition?.RemindOn ?? 0)) return;
        try
        {
            if (day == 0)
            {
                if (await grain.GetReminder(Reminder) is { } set) await grain.UnregisterReminder(set);
                return;
            }

            var due = DateTimeOffset.FromUnixTimeMilliseconds(book.Calendar.StartOf(day)) + Morning + TimeSpan.FromMinutes(Member.Value.GetHashCode() & 127) - time.GetUtcNow();
            await grain.RegisterOrUpdateReminder(Reminder, due < Retry ? TimeSpan.FromMinutes(1) + (due > TimeSpan.Zero ? due : TimeSpan.Zero) : due > AheadMax ? AheadMax : due, Retry);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The reminder of what time brings this member is not set; the next event of the member brings it.");
        }
    }

    private RecognitionOutcome Repeat(StoredEntry first, RecognitionCommand command) =>
        AccountEntryJson.Read(first) is RecognitionPosted posted && posted.Command == command
            ? new RecognitionOutcome.Done(Replayed: true, posted.Refund, Says(posted))
            : new RecognitionOutcome.Conflict();

    private ImmutableArray<Sentence> Says(RecognitionPosted entry) => Book?.Say(entry) ?? [];
}
