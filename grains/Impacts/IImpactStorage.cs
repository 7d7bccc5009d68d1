using System.Collections.Immutable;
using Gamification.Rules.Challenges;

namespace Gamification.Impacts;

/// <summary>What one selection of events and goods has counted: another selection counts in a set of its own, so that one is never taken for the other.</summary>
/// <param name="Programme">Its id.</param>
/// <param name="Counting">See <see cref="Rules.Impacts.ImpactSelection"/>.</param>
public readonly record struct ImpactSet(string Programme, string Counting);

/// <summary>What of a factor's basis a deed brings, in thousandths.</summary>
public readonly record struct CountedFactor(string Factor, long Thousandths);

/// <summary>What stands of one deed at a version of its member's account. Without quantities it is kept only to be newer than what an older entry says.</summary>
public sealed record ImpactRow(Guid Member, Guid Deed, long Version, string Store, int Day, ImmutableArray<CountedFactor> Quantities);

/// <summary>A sum over all deeds in a store (the empty one for none) on a business date, as a day number.</summary>
public readonly record struct ImpactSum(string Factor, string Store, int Day, long Thousandths);

/// <summary>Somebody who brought something to a factor's sums in a store (the empty one for none).</summary>
public readonly record struct ImpactPerson(string Factor, string Store, Guid Member);

/// <summary>
/// Where impact is counted: a projection, whose positions commit with its rows, dropped and counted anew from the journal at any time. The newest commits may be
/// lost with the power, in order and never in part.
/// </summary>
public interface IImpactStorage
{
    /// <summary>How far each partition has been counted; one that is missing is at 0.</summary>
    ValueTask<IReadOnlyDictionary<int, long>> Positions(ImpactSet set, CancellationToken cancellation);

    /// <summary>The rows of these deeds, as far as there are any, in no order.</summary>
    ValueTask<IReadOnlyList<ImpactRow>> Find(ImpactSet set, IReadOnlyList<(Guid Member, Guid Deed)> deeds, CancellationToken cancellation);

    /// <summary>A member's rows, in no order.</summary>
    ValueTask<IReadOnlyList<ImpactRow>> Of(ImpactSet set, Guid member, CancellationToken cancellation);

    ValueTask<IReadOnlyList<ImpactSum>> Sums(ImpactSet set, CancellationToken cancellation);

    /// <summary>The people that were kept with a set, in no order.</summary>
    ValueTask<IReadOnlyList<ImpactPerson>> People(ImpactSet set, CancellationToken cancellation);

    /// <summary>All rows of a set, in no order.</summary>
    IAsyncEnumerable<ImpactRow> Rows(ImpactSet set, CancellationToken cancellation);

    /// <summary>
    /// Puts rows and sums in the place of those known, keeps people beside those known, and moves the positions from <paramref name="from"/> to <paramref name="to"/>, in one transaction. Throws
    /// <see cref="InvalidOperationException"/> and changes nothing when the stored positions are not <paramref name="from"/>.
    /// </summary>
    ValueTask Keep(ImpactSet set, IReadOnlyList<ImpactRow> rows, IReadOnlyList<ImpactSum> sums, IReadOnlyList<ImpactPerson> people, IReadOnlyList<Position> from, IReadOnlyList<Position> to);

    /// <summary>The programme's sets.</summary>
    ValueTask<IReadOnlyList<ImpactSet>> Sets(string programme, CancellationToken cancellation);

    /// <summary>Forgets a set with its positions.</summary>
    ValueTask Drop(ImpactSet set);
}
