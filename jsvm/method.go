package jsvm

import "github.com/dop251/goja"

// methodTable holds the functions of the methods of one type in one runtime.
//
// Scripts may keep a method in a variable and call it later: it stays bound to
// the object it was read from. Yet making a function for every access would
// cost more than most calls. So all objects of a type share one function per
// method, as long as each access is followed by the call it was made for. A
// function that was read and not called at once may have been kept, and belongs
// to its object from then on.
type methodTable struct {
	shared []*method
}

// method is a script function together with the object it is bound to.
type method struct {
	member   *member
	function goja.Value
	receiver *object
	// called tells that the last access was followed by a call on the receiver.
	called bool
}

func (env *environment) methodsOf(info *typeInfo) *methodTable {
	table, ok := env.methods[info]
	if !ok {
		table = &methodTable{shared: make([]*method, len(info.names))}
		env.methods[info] = table
	}
	return table
}

// fetch returns the function of a method, bound to the object.
func (t *methodTable) fetch(o *object, m *member) goja.Value {
	shared := t.shared[m.slot]
	if shared == nil || !shared.called && shared.receiver != o {
		shared = &method{member: m}
		shared.function = shared.make(o.env)
		t.shared[m.slot] = shared
	}
	shared.receiver = o
	shared.called = false
	return shared.function
}

// make returns the function. How to call the member is decided here, once.
func (m *method) make(env *environment) goja.Value {
	if native := m.member.call; native != nil {
		return env.native(m.member.name, m.member.arity, func(call goja.FunctionCall) goja.Value {
			receiver := m.target(call.This)
			env.enterGo()
			defer env.leaveGo()
			defer env.recoverGo()
			return native(env, receiver.value, call)
		})
	}
	index := m.member.method
	return env.native(m.member.name, m.member.arity, func(call goja.FunctionCall) goja.Value {
		fn := m.target(call.This).ptr.Method(index)
		return env.callGo(fn, fn.Type(), call.Arguments)
	})
}

// target returns the object that a call is for: this, when it is an object of
// the type, else the one the function was read from.
func (m *method) target(this goja.Value) *object {
	obj, ok := this.(*goja.Object)
	if !ok {
		return m.receiver
	}
	if obj == m.receiver.self {
		m.called = true
		return m.receiver
	}
	if other, ok := exported(obj).(*object); ok && other.info == m.receiver.info {
		return other
	}
	return m.receiver
}
