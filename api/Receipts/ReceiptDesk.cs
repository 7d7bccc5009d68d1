using Gamification.Journal;
using Gamification.Merging;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>
/// Takes a checked receipt to its account and says what became of it. Whatever is refused is in quarantine before the till is told, so that no
/// receipt of a known till is lost to a mistake.
/// </summary>
public sealed class ReceiptDesk(IGrainFactory grains, ReceiptRouting routing, Cards cards, Insistence insistence)
{
    private static readonly Problem UnknownCard = new(ProblemKind.UnknownCard, "The receipt's card is not enrolled, and this programme refuses unknown cards.")
    {
        Errors = [new("/card", "unknown-card", "Enrol the card and send the receipt again, or send it without a card.")],
    };

    private static readonly Problem NotStorable = new(ProblemKind.RefusedReceipt, "The database can never keep this receipt as it is. Sending it again does not help.")
    {
        Errors = [new("", "not-storable", "It is kept in quarantine; ask whoever runs the engine, whose log says why.")],
    };

    internal async ValueTask<ReceiptAnswer> Post(Posting posting)
    {
        var route = posting.Parsed.Problem is null ? await routing.Of(posting.Caller.Programme, posting.Parsed) : null;
        return route is { } found ? await Post(posting, found) : await Refuse(posting);
    }

    internal async ValueTask<ReceiptAnswer> Post(Posting posting, Route route)
    {
        ReceiptOutcome outcome;
        try
        {
            outcome = await PostOnce(posting.Parsed.Receipt!, posting, route);
        }
        catch (AppendRefusedException)
        {
            return await Refuse(posting, NotStorable);
        }

        return outcome switch
        {
            ReceiptOutcome.Recorded { Record: var record } => await Tell(posting, record, replayed: false, route),
            ReceiptOutcome.Replayed { Record: var record } => await Tell(posting, record, replayed: true, route),
            ReceiptOutcome.Moved => await Post(posting),
            ReceiptOutcome.Conflict conflict => await Refuse(posting, ConflictOf(conflict)),
            ReceiptOutcome.Refused { Refusal: var refusal } => await Refuse(posting, new(ProblemKind.RefusedReceipt, refusal.Remedy)
            {
                Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)],
            }),
            var other => throw new NotSupportedException($"No answer is defined for {other.GetType().Name}."),
        };
    }

    /// <summary>The account counts a receipt once, so that one whose answer was lost with a node is simply posted again.</summary>
    private async Task<ReceiptOutcome> PostOnce(Receipt receipt, Posting posting, Route route)
    {
        try
        {
            return await route.Account.Post(receipt, posting.ReceivedAt, route.Held);
        }
        catch (Exception fault) when (HostFaults.IsLost(fault))
        {
            return await insistence.On(() => route.Account.Post(receipt, posting.ReceivedAt, route.Held));
        }
    }

    /// <summary>For what has no account to go to: its own problem, or a card that the programme does not take.</summary>
    internal ValueTask<ReceiptAnswer> Refuse(Posting posting) => Refuse(posting, posting.Parsed.Problem ?? UnknownCard);

    private async ValueTask<ReceiptAnswer> Tell(Posting posting, ReceiptRecord record, bool replayed, Route route)
    {
        // Whoever stands at the till with a receipt is not always its owner: only the owner's card shows the owner's account.
        var holder = await Presented(posting, route);
        var publicId = record.Member is not { } member || holder is null ? null
            : member == holder.Member ? holder.PublicId
            : await KeptFor(posting.Caller.Programme, holder.Member, member);
        var code = record.Treatment == Treatment.Anonymous && posting.Parsed.Receipt!.Type == ReceiptType.Sale && posting.Programme.Settings.ClaimDays > 0
            ? ClaimCodes.Of(record.Key, posting.Programme.Secrets.Claims)
            : null;
        return ReceiptAnswer.Of(record, replayed, publicId, code, posting.Parsed.Warnings, LateFor.Of(record, posting.Programme));
    }

    /// <summary>Who holds the card that was presented, if there was one and it is known.</summary>
    private ValueTask<Membership?> Presented(Posting posting, Route route) =>
        posting.Parsed.Card is not { } card ? default
        : ReceiptRouting.NeedsOwner(posting.Parsed.Receipt!) ? cards.Find(posting.Caller.Programme, card)
        : new(route.Membership);

    /// <summary>The public id of the account that the card's own is part of, when that is who the receipt went to.</summary>
    private async ValueTask<string?> KeptFor(string programme, MemberId holder, MemberId member) =>
        await grains.GetGrain<IMergingAccount>(ActorKeys.Member(programme, holder)).Kept() == member
            ? (await grains.GetGrain<ICardsGrain>(programme).FindMembers([member]))[0]?.PublicId
            : null;

    private async ValueTask<ReceiptAnswer> Refuse(Posting posting, Problem problem)
    {
        await grains.GetGrain<ICardsGrain>(posting.Caller.Programme).Quarantine(new()
        {
            Store = posting.Caller.Store ?? posting.Parsed.Receipt?.Key.Store ?? "",
            Reason = problem.Kind.Code,
            Detail = problem.Detail,
            Body = posting.Body.ToArray(), // The buffer goes back to its pool.
            ReceivedAt = posting.ReceivedAt,
        });
        return problem;
    }

    private static Problem ConflictOf(ReceiptOutcome.Conflict conflict) =>
        new(ProblemKind.DuplicateConflict, $"Receipt {conflict.Key} was recorded with other content at {conflict.FirstRecordedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
        {
            Errors = [new("/number", "duplicate-conflict", "Give the receipt a number of its own, or send a return for what was wrong.")],
        };
}

/// <summary>One receipt on its way: who sent it, when it came, its bytes and what they say.</summary>
internal readonly record struct Posting(Caller Caller, Programme Programme, ParsedReceipt Parsed, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt);
