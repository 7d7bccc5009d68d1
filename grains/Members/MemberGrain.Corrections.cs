using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Rules;

namespace Gamification.Members;

/// <summary>Putting an account right.</summary>
internal sealed partial class MemberGrain : ICorrectedAccount
{
    private const int CorrectionIdMax = 100;

    public Task<CorrectionOutcome> Correct(LedgerCorrection correction, DateTimeOffset receivedAt) =>
        Kept<ICorrectedAccount>()?.Correct(correction, receivedAt) ?? Told(() => CorrectOnce(correction, receivedAt));

    private async Task<CorrectionOutcome> CorrectOnce(LedgerCorrection correction, DateTimeOffset receivedAt)
    {
        if (correction.Id.Length is 0 or > CorrectionIdMax || correction.Id.Any(char.IsControl)) return new CorrectionOutcome.Refused(new("invalid-id", "/id", "Send 1 to 100 printable characters."));
        var key = BusinessKey.Undated($"correction\n{_actor.Programme}\n{_actor.Key}\n{correction.Id}\n", default);
        while (true)
        {
            if (await journal.FindKey(_actor.Programme, key, CancellationToken.None) is { } first)
            {
                // Who sent it again is not part of it.
                return AccountEntryJson.Read(first) is LedgerCorrected before && before.Correction with { By = correction.By } == correction
                    ? new CorrectionOutcome.Done(before.Balance, Replayed: true)
                    : new CorrectionOutcome.Conflict();
            }

            var context = _account.Context(AccountKind.Member, receivedAt, clock.Now(_actor.Programme) ?? receivedAt, history: null);
            var (entry, refusal) = CorrectionRule.Decide(_account.State, correction, context);
            if (entry is null) return new CorrectionOutcome.Refused(refusal!);
            if (await _account.Commit([entry], key) is AppendOutcome.Appended) return new CorrectionOutcome.Done(entry.Balance, Replayed: false);
        }
    }
}
