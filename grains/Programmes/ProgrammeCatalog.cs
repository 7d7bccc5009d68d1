using System.Collections.Frozen;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.Programmes;

/// <summary>The programmes of this deployment, read once at start.</summary>
/// <param name="programmes">Their settings.</param>
/// <param name="goods">The catalogues of those that have one, by programme.</param>
public sealed class ProgrammeCatalog(IEnumerable<ProgrammeSettings> programmes, IReadOnlyDictionary<string, Catalogue>? goods = null)
{
    private readonly FrozenDictionary<string, (ProgrammeSettings Settings, Scheme Scheme)> _byId = programmes.ToFrozenDictionary(
        programme => programme.Id,
        programme => (programme, new Scheme(programme, goods?.GetValueOrDefault(programme.Id) ?? Catalogue.Empty)));

    public IEnumerable<ProgrammeSettings> All => _byId.Values.Select(programme => programme.Settings);

    public ProgrammeSettings? Find(string id) => _byId.TryGetValue(id, out var programme) ? programme.Settings : null;

    /// <summary>For actors: their key names a programme that the edge has already checked.</summary>
    public ProgrammeSettings Of(string id) => Known(id).Settings;

    /// <summary>By what the programme's members earn.</summary>
    public Scheme SchemeOf(string id) => Known(id).Scheme;

    private (ProgrammeSettings Settings, Scheme Scheme) Known(string id) =>
        _byId.TryGetValue(id, out var programme) ? programme : throw new KeyNotFoundException($"There is no programme '{id}' in this deployment.");
}
