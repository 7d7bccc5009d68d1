using System.Collections.Immutable;

namespace Gamification.Rules.Ledger;

/// <summary>Set aside for a redemption under way (spec B6). Its parts are out of the purse's lots and do not expire while it stands.</summary>
/// <param name="Id">Chosen by whoever holds, unique among the open holds of a purse.</param>
/// <param name="Until">Unix milliseconds, exclusive: at this instant it times out.</param>
public sealed record Hold(string Id, long Until, ImmutableArray<Lot> Parts);
