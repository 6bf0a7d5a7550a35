package apis

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/types"
	"github.com/tackleboxdev/tacklebox/realtime"
)

const filterParam = "filter"

// requestFields is how everything begins that may be different from one
// subscriber to the next.
const requestFields = "@request."

// audience is the subscribers to whom the same applies: same subscription, with
// its options, and same account. Whatever is decided for one holds for all.
type audience struct {
	name    string
	rule    *string
	info    *models.RequestInfo
	account identityKey
	clients []*realtime.Client
}

// audiences groups the subscribers of a record. The rules are those of the collection
// as it is now, as the record may have been loaded under others.
func (b *broadcaster) audiences(dao *daos.Dao, record *models.Record) []*audience {
	collection, err := dao.CachedCollection(record.Collection().Id)
	if err != nil {
		return nil // it is gone, and with it everything that could be asked about access
	}
	type key struct {
		name    string
		account identityKey
	}
	groups := map[key]*audience{}
	var ordered []*audience
	join := func(topics []string, rule *string) {
		for _, topic := range topics {
			for _, s := range b.broker.Subscriptions(topic) {
				who := identityOf(s.Client)
				k := key{name: s.Name, account: who.key()}
				if who.admin != nil {
					k.account.id = "" // all admins see the same
				}
				group, ok := groups[k]
				if !ok {
					group = &audience{name: s.Name, rule: rule, info: subscriptionInfo(s, who), account: k.account}
					groups[k] = group
					ordered = append(ordered, group)
				}
				group.clients = append(group.clients, s.Client)
			}
		}
	}
	list, view := topicsOf(record)
	join(list[:], collection.ListRule)
	join(view[:], collection.ViewRule)
	return ordered
}

// subscriptionInfo is the request that a subscription stands for.
func subscriptionInfo(s *realtime.Subscription, who identity) *models.RequestInfo {
	return &models.RequestInfo{
		Context:    models.RequestInfoContextRealtime,
		Method:     http.MethodGet,
		Query:      s.Options.Query,
		Headers:    s.Options.Headers,
		Data:       map[string]any{},
		Admin:      who.admin,
		AuthRecord: who.record,
	}
}

// newsItem is one change of one record. It remembers what was decided and
// rendered for one audience for the others.
type newsItem struct {
	b      *broadcaster
	dao    *daos.Dao
	action string
	record *models.Record

	decided  map[string]bool
	rendered map[form][]byte
}

func (b *broadcaster) newsOf(dao *daos.Dao, write daos.Write, record *models.Record) *newsItem {
	return &newsItem{
		b: b, dao: dao, action: actions[write], record: record,
		decided: map[string]bool{}, rendered: map[form][]byte{},
	}
}

// deliveries decides who may see the news, and renders them.
func (n *newsItem) deliveries(groups []*audience) []delivery {
	var out []delivery
	for _, group := range groups {
		if n.isVisibleTo(group) {
			message := &realtime.Message{Name: group.name, Data: n.render(group)}
			out = append(out, delivery{message: message, clients: group.clients})
		}
	}
	return out
}

// split tells the audiences that need the database apart from those for which
// the record is enough.
func (n *newsItem) split(groups []*audience) (database, memory []*audience) {
	type key struct{ name, kind string }
	free := map[key]bool{}
	for _, group := range groups {
		k := key{group.name, group.account.kind}
		enough, known := free[k]
		if !known {
			enough = n.isEnoughFor(group)
			free[k] = enough
		}
		if enough && !isOwner(n.record, group.info.AuthRecord) {
			memory = append(memory, group)
		} else {
			database = append(database, group)
		}
	}
	return database, memory
}

func (n *newsItem) isEnoughFor(group *audience) bool {
	filter, _ := group.info.Query[filterParam].(string)
	conditions := []string{filter}
	if group.rule != nil {
		conditions = append(conditions, *group.rule)
	}
	for _, condition := range conditions {
		node, err := search.Parse(condition)
		if condition == "" || err != nil {
			continue // it is decided without looking at anything
		}
		if free, err := search.JoinFree(node, n.dao.Resolver(n.record.Collection(), group.info, true)); err == nil && !free {
			return false
		}
	}
	return group.info.Query[expandParam] == nil
}

// isVisibleTo evaluates the rule of the topic and the filter of the subscription.
func (n *newsItem) isVisibleTo(group *audience) bool {
	isAdmin := group.info.Admin != nil
	if !isAdmin {
		if group.rule == nil || !n.passes(group, *group.rule, true) {
			return false
		}
	}
	filter, _ := group.info.Query[filterParam].(string)
	if !isAdmin {
		for _, name := range adminOnlyFields {
			if strings.Contains(filter, name) {
				return false
			}
		}
	}
	return n.passes(group, filter, isAdmin)
}

// passes evaluates a condition, once for all audiences if it is not about the
// subscriber. One that cannot be evaluated lets nobody pass.
func (n *newsItem) passes(group *audience, condition string, allowHidden bool) bool {
	if condition == "" {
		return true
	}
	if strings.Contains(condition, requestFields) {
		return n.evaluate(group, condition, allowHidden)
	}
	key := condition
	if allowHidden {
		key += "\x00all"
	}
	passed, known := n.decided[key]
	if !known {
		passed = n.evaluate(group, condition, allowHidden)
		n.decided[key] = passed
	}
	return passed
}

func (n *newsItem) evaluate(group *audience, condition string, allowHidden bool) bool {
	passed, err := satisfies(n.dao, n.record, group.info, condition, allowHidden)
	if err != nil {
		n.b.app.Logger().Debug("Realtime condition not evaluated",
			slog.String("collection", n.record.Collection().Name), slog.String("condition", condition), slog.Any("error", err))
	}
	return err == nil && passed
}

// satisfies decides a condition in memory if the record is all it needs, and
// asks the database otherwise.
func satisfies(dao *daos.Dao, record *models.Record, info *models.RequestInfo, condition string, allowHidden bool) (bool, error) {
	node, err := search.Parse(condition)
	if err != nil {
		return false, err
	}
	c := record.Collection()
	r := dao.Resolver(c, info, allowHidden)
	free, err := search.JoinFree(node, r)
	if err != nil {
		return false, err
	}
	if free {
		if passed, err := search.Evaluate(node, r.Lookup(record)); err == nil {
			return passed, nil
		}
	}
	found, err := dao.FindRecordsByIds(c.Id, []string{record.Id}, conditionFilter(dao, c, info, condition, allowHidden))
	return len(found) > 0, err
}

// form is what the text of a message depends on.
type form struct {
	fields, expand string
	showEmail      bool
	account        identityKey // zero unless something is expanded
}

// render returns the data of the message for an audience.
func (n *newsItem) render(group *audience) []byte {
	f := form{showEmail: n.showsEmail(group)}
	f.fields, _ = group.info.Query[fieldsParam].(string)
	if f.expand, _ = group.info.Query[expandParam].(string); f.expand != "" {
		f.account = group.account
	}
	data, ok := n.rendered[f]
	if !ok {
		data = n.encode(group, f)
		n.rendered[f] = data
	}
	return data
}

// showsEmail tells whether a hidden email shows. Not even admins and owners see
// it; only an owner who manages the account does.
func (n *newsItem) showsEmail(group *audience) bool {
	record := n.record
	if !needsVisibility(record) || !isOwner(record, group.info.AuthRecord) {
		return false
	}
	rule := record.Collection().AuthOptions().ManageRule
	return rule != nil && *rule != "" && n.evaluate(group, *rule, true)
}

func (n *newsItem) encode(group *audience, f form) []byte {
	record := n.record
	if f.expand != "" || f.showEmail {
		record = record.CleanCopy()
		record.IgnoreEmailVisibility(f.showEmail)
	}
	if paths := parseExpands(f.expand); len(paths) > 0 {
		// What cannot be expanded is missing, as in any answer.
		_ = n.dao.ExpandRecord(record, paths, expandFetch(n.dao, group.info))
	}
	data := append(make([]byte, 0, 512), `{"record":`...)
	if f.fields == "" {
		data = record.AppendJSON(data)
	} else {
		data = append(data, n.pick(record.AppendJSON(nil), f.fields)...)
	}
	data = append(data, `,"action":`...)
	data = types.AppendJSONString(data, n.action)
	return append(data, '}')
}

// pick reduces a rendered record to some fields. A list of fields that makes no
// sense picks none.
func (n *newsItem) pick(raw []byte, fields string) []byte {
	picked, err := pickFields(raw, fields, false)
	if err != nil {
		n.b.app.Logger().Debug("Realtime fields not picked", slog.Any("error", err))
		return []byte("{}")
	}
	return picked
}
