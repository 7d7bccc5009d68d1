namespace Gamification.Programmes.Documents;

/// <summary>
/// This node could not make sure in time that it has the newest version of the programme's documents, and decides nothing by what may be an older
/// one (spec §4). Nothing was written; ask again.
/// </summary>
[GenerateSerializer, Alias("programme-not-current")]
public sealed class ProgrammeNotCurrentException(string message) : Exception(message);
