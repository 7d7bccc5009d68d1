using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Recognition;
using Gamification.Vault;

namespace Gamification.Members;

/// <summary>
/// A member's birth date: kept in the vault, asked for when a day has come on which something is due. The account notes that it was given, by whom
/// and when to look next.
/// </summary>
internal sealed class MemberBirthday(ActorId actor, AccountLedger account, BusinessClock clock, IVault? vault)
{
    private static readonly Refusal NoRecognition = new("no-recognition", "", "This programme has no recognition document.");

    private MemberId Member => MemberId.Parse(actor.Key);

    public async ValueTask<DateOnly?> Find() => (await Known()).Date.On;

    /// <summary>What will be known once the other account is part of this one.</summary>
    public async ValueTask<DateOnly?> FindWith(MemberId other) => (await Known()).Date.On ?? (await Of(other)).On;

    public async Task<BirthDateView> View() => View((await Known()).Date);

    public async Task<BirthDateOutcome> Give(DateOnly birth, string by, DateTimeOffset receivedAt)
    {
        if (vault is null || account.Scheme?.Recognition is not { } book) return new BirthDateOutcome.Refused(NoRecognition);
        while (true)
        {
            var (whose, before) = await Known();
            var (after, refusal) = before.Give(birth, book.DayOf(clock.Now(actor.Programme) ?? receivedAt));
            if (refusal is not null) return new BirthDateOutcome.Refused(refusal);
            if (after != before && !await vault.SetBirthDate(actor.Programme, whose, before, after)) continue;

            // Also when nothing changed: a call that died after the vault is finished by being repeated.
            await Note(after, by, receivedAt);
            return new BirthDateOutcome.Known(View(after));
        }
    }

    public async Task<BirthDateView> Forget(string by, DateTimeOffset receivedAt)
    {
        var (whose, known) = await Known();
        while (known.On is not null)
        {
            await vault!.SetBirthDate(actor.Programme, whose, known, known.Forget());
            (whose, known) = await Known();
        }

        if (account.Scheme?.Recognition is not null && account.State.Recognition is not null) await Note(known, by, receivedAt);
        return View(known);
    }

    /// <summary>
    /// The member's own, or else that of an account that is part of it. A merge copies none in the vault, so that its undoing has none to take back, and
    /// how often one was said is said of each.
    /// </summary>
    private async ValueTask<(MemberId Whose, BirthDate Date)> Known()
    {
        var own = await Of(Member);
        if (own.On is not null) return (Member, own);
        foreach (var part in account.State.Merged ?? [])
        {
            if (await Of(part.From) is { On: not null } theirs) return (part.From, theirs);
        }

        return (Member, own);
    }

    private ValueTask<BirthDate> Of(MemberId member) => vault?.FindBirthDate(actor.Programme, member, CancellationToken.None) ?? default;

    /// <summary>When to look next moves with the date.</summary>
    private async Task Note(BirthDate now, string by, DateTimeOffset receivedAt)
    {
        while (true)
        {
            var context = account.Context(AccountKind.Member, receivedAt, clock.Now(actor.Programme) ?? receivedAt, history: null) with { Birth = now.On };
            var (entry, _) = Commanding.Decide(account.State, new NoteBirthDate(now.On is not null), by, context);
            if (entry is not { Recognised.IsEmpty: false } || await account.Commit([entry], key: null) is AppendOutcome.Appended) return;
        }
    }

    private static BirthDateView View(BirthDate known) => new(known.On, known.MayChange);
}
