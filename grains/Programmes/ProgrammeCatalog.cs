using System.Collections.Frozen;

namespace Gamification.Programmes;

/// <summary>The programmes of this deployment, read once at start.</summary>
public sealed class ProgrammeCatalog(IEnumerable<ProgrammeSettings> programmes)
{
    private readonly FrozenDictionary<string, ProgrammeSettings> _byId = programmes.ToFrozenDictionary(programme => programme.Id);

    public IEnumerable<ProgrammeSettings> All => _byId.Values;

    public ProgrammeSettings? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>For actors: their key names a programme that the edge has already checked.</summary>
    public ProgrammeSettings Of(string id) => Find(id) ?? throw new KeyNotFoundException($"There is no programme '{id}' in this deployment.");
}
