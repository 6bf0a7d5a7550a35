//go:build !race

package apis_test

// raceDetector tells whether the tests run with the race detector, which
// multiplies memory and time.
const raceDetector = false
