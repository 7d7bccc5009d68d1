using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Silo.Engine;
using Gamification.Impacts;
using Gamification.Tests.Api;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Impacts;

/// <summary>The edge of a programme whose rules add to an impact counter, and whose factors marketers publish.</summary>
public class ImpactEdge : ProgrammeEdge
{
    internal override ProgrammeSettings Programme => base.Programme with
    {
        Earning = Books.Document(Books.Base, Books.Rule("rescue", new Impact { Counter = "meals", Quantity = 0.25m, PerItem = true }) with { Lines = new() { Labels = ["local"] } }),
    };

    /// <summary>Everything that is committed is counted.</summary>
    public async Task Counted()
    {
        while (await Service<IGrainFactory>().GetGrain<IImpactGrain>(Programme.Id).CountOn())
        {
        }
    }
}
