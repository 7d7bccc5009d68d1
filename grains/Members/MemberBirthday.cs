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

    public async ValueTask<DateOnly?> Find() => (await Known()).On;

    public async Task<BirthDateView> View() => View(await Known());

    public async Task<BirthDateOutcome> Give(DateOnly birth, string by, DateTimeOffset receivedAt)
    {
        if (vault is null || account.Scheme?.Recognition is not { } book) return new BirthDateOutcome.Refused(NoRecognition);
        while (true)
        {
            var before = await Known();
            var (after, refusal) = before.Give(birth, book.DayOf(clock.Now(actor.Programme) ?? receivedAt));
            if (refusal is not null) return new BirthDateOutcome.Refused(refusal);
            if (after != before && !await vault.SetBirthDate(actor.Programme, Member, before, after)) continue;

            // Also when nothing changed: a call that died after the vault is finished by being repeated.
            await Note(after, by, receivedAt);
            return new BirthDateOutcome.Known(View(after));
        }
    }

    public async Task<BirthDateView> Forget(string by, DateTimeOffset receivedAt)
    {
        while (true)
        {
            var before = await Known();
            var after = before.Forget();
            if (after != before && !await vault!.SetBirthDate(actor.Programme, Member, before, after)) continue;
            if (account.Scheme?.Recognition is not null && account.State.Recognition is not null) await Note(after, by, receivedAt);
            return View(after);
        }
    }

    private ValueTask<BirthDate> Known() => vault?.FindBirthDate(actor.Programme, Member, CancellationToken.None) ?? default;

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
